import Architecture
import Testing

@testable import Search
@testable import chiasm

struct SearchDisplayTests {
  private func rows(_ estimator: EstimatorName) throws -> [[String]] {
    var options = SearchOptions()
    options.estimator = estimator
    let genotype = try Genotype(
      modalities: ["ct", "mri"], cells: [try .uniform(.sum, .skip, inputs: 2)])
    let trial = Trial(
      number: 3, genotype: NetworkDesign.fused(genotype),
      estimate: Estimate(dice: 12.5, parameters: 70, seconds: 2))
    let report = SearchReport(
      dataset: "D", options: options, seed: 1, spaceSize: 9, ranking: [trial],
      failures: [Trial(number: 4, genotype: NetworkDesign.fused(genotype), failure: "no memory")],
      baselines: [Baseline(title: "early fusion", dice: [0.5, 0.7], parameters: 80)])
    return SearchDisplay.table(of: report).split(separator: "\n")
      .map { $0.split(separator: " ").map(String.init) }
  }

  @Test func trialsAndBaselinesWithADiceShareATable() throws {
    let rows = try rows(.training)
    #expect(rows[0] == ["Searched", "Dice", "parameters", "seconds"])
    #expect(rows.contains(["trial", "3", "12.500", "70", "2.0"]))
    #expect(rows.contains(["early", "fusion", "0.600", "±", "0.141", "80"]))
    #expect(!rows.contains { $0.first == "For" })
    #expect(rows.last == ["1", "trial", "failed."])
  }

  /// The score of a proxy is no Dice, and the baselines' is.
  @Test func theBaselinesOfAProxysSearchHaveATableOfTheirOwn() throws {
    let rows = try rows(.proxy)
    #expect(rows[0] == ["Searched", "naswot", "parameters", "seconds"])
    let second = try #require(
      rows.firstIndex(of: ["For", "comparison", "Dice", "parameters"]))
    let trial = try #require(rows.firstIndex(of: ["trial", "3", "12.500", "70", "2.0"]))
    let baseline = try #require(
      rows.firstIndex(of: ["early", "fusion", "0.600", "±", "0.141", "80"]))
    #expect(trial < second && second < baseline)
  }
}
