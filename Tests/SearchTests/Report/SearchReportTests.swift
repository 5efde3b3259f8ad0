import Architecture
import Randomness
import Testing

@testable import Search

struct SearchReportTests {
  private func report(baselines: [Baseline]) throws -> SearchReport {
    let space = try FusionCellSpace(
      modalities: ["ct", "mri"], levels: 3, nodes: 1...1, sharedCell: true)
    var generator = SplitMix64(seed: 2)
    let trials = [(0.8, 10), (0.7, 30), (0.6, 20)].enumerated().map { index, entry in
      Trial(
        number: index + 1, genotype: NetworkDesign.fused(space.sample(using: &generator)),
        estimate: Estimate(dice: entry.0, parameters: entry.1))
    }
    return SearchReport(
      dataset: "Sarcoma", options: SearchOptions(), seed: 1, spaceSize: 48, ranking: trials,
      failures: [
        Trial(
          number: 4, genotype: .fused(space.sample(using: &generator)), failure: "out of\nmemory")
      ],
      baselines: baselines)
  }

  @Test func namesWhatTheParameterCountWouldHaveChosen() throws {
    let report = try report(baselines: [])
    #expect(report.best?.number == 1)
    #expect(report.largest?.number == 2)
    // The ranks of (10, 30, 20) against (0.8, 0.7, 0.6): 1 − 6 · (4 + 1 + 1) / 24.
    #expect(report.parameterCorrelation?.spearman == -0.5)
  }

  @Test func thePageHoldsTrialsFailuresAndBaselines() throws {
    let page = try report(baselines: [
      Baseline(title: "single ct", dice: [0.5, 0.7], parameters: 9),
      Baseline(title: "early fusion", dice: [0.75], parameters: 11),
    ]).markdown
    #expect(
      page.hasPrefix("# Search on Sarcoma\n\nrandom search, 4 trials of 48 genotypes, seed 1."))
    #expect(page.contains("| failed | 4 |"))
    #expect(page.contains(": out of memory |"))
    #expect(page.contains("| single ct | 0.6000 ± 0.1414 | 9 |"))
    #expect(page.contains("| early fusion | 0.7500 | 11 |"))
    #expect(page.contains("| chosen by parameter count (trial 2) | 0.7000 | 30 |"))
  }

  @Test func missingBaselinesAreAdmitted() throws {
    let page = try report(baselines: []).markdown
    #expect(page.contains("Baselines were not measured: the pipeline says \"baselines\": false."))
  }
}
