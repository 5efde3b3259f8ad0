import Metrics
import Testing

@testable import Training

struct ProbeRunTests {
  private func accuracy(
    _ probe: ProbeRun
  ) throws -> [String: Double] {
    Dictionary(
      uniqueKeysWithValues: try probe.classification().map { ($0.title, $0.report.accuracy) })
  }

  @Test func whatFeaturesShowIsFound() throws {
    let found = try accuracy(ProbeRun(EmbeddingFixtures.table()))
    #expect(found["always the most frequent"] == 0.5)
    for view in ["ct alone", "mri alone", "concatenated", "mean"] { #expect(found[view] == 1) }
    #expect(found.count == 5)
  }

  /// Features that are noise; no case is learnt from and judged, so nothing is found.
  @Test func whatFeaturesDoNotShowIsNotFound() throws {
    var table = EmbeddingTable(origin: EmbeddingFixtures.origin(), width: 3)
    let source = EmbeddingFixtures.table(cases: 40)
    for (place, row) in source.rows.enumerated() {
      // The case's own feature alone.
      let value = source.values[place * 3 + 2]
      table.add(row, [value, value * value, 1])
    }
    let found = try accuracy(ProbeRun(table))
    #expect(try #require(found["concatenated"]) < 0.7)
  }

  @Test func volumesAreFoundWhereFeaturesGrowWithThem() throws {
    let table = EmbeddingFixtures.table(cases: 40)
    let found = try ProbeRun(table).regression(ofVolume: "core")
    #expect(
      found.map(\.title) == ["always the mean", "ct alone", "mri alone", "concatenated", "mean"])
    #expect(try #require(found[0].report.rSquared) < 0)
    for line in found.dropFirst() { #expect(try #require(line.report.rSquared) > 0.9) }
    #expect(found[0].report.samples == 40)
  }

  @Test func aWithheldModalityIsFilledIn() throws {
    var probe = ProbeRun(EmbeddingFixtures.table(cases: 30))
    probe.withheld = "ct"
    var machine = MachineOptions()
    (machine.hidden, machine.joint, machine.pretrainingEpochs, machine.epochs) = (8, 8, 40, 10)
    probe.machine = machine
    let found = try accuracy(probe)
    #expect(
      Set(found.keys) == [
        "always the most frequent", "mri alone", "concatenated", "concatenated, zeros filled in",
        "concatenated, infilled by the machine", "mean", "joint layer of the machine",
      ])
    #expect(found["mri alone"] == 1)
    #expect(try #require(found["concatenated, infilled by the machine"]) > 0.9)
  }

  @Test func whatIsLeftWithoutAModalityIsCompared() {
    var table = EmbeddingFixtures.table(cases: 2)
    table.add(EmbeddingFixtures.row("case-0", "us"), [0, 0, 0])
    var probe = ProbeRun(table)
    probe.withheld = "us"
    #expect(
      probe.views == [
        .single("ct"), .single("mri"), .remaining(without: "us"), .concatenated(.means),
        .concatenated(.zeros), .mean,
      ])
  }

  @Test func theSameSeedGivesTheSameReports() throws {
    var probe = ProbeRun(EmbeddingFixtures.table(cases: 10, noise: 2))
    let first = try probe.classification().map(\.report)
    #expect(try probe.classification().map(\.report) == first)
    probe.seed = 2
    #expect(try probe.classification().map(\.report) != first)
  }

  @Test func tooLittleIsRefused() {
    let one = ProbeRun(EmbeddingFixtures.table(cases: 1))
    #expect(
      throws: EmbeddingError.tooLittle(
        problem: "1 case with ct, mri and such regions, and probes are learnt from some cases and "
          + "judged on others")
    ) { try one.classification() }
    var same = EmbeddingTable(origin: EmbeddingFixtures.origin(), width: 1)
    for name in ["a", "b"] {
      same.add(EmbeddingFixtures.row(name, "ct", "core", label: "core"), [1])
    }
    #expect(throws: EmbeddingError.tooLittle(problem: "only one label, core")) {
      try ProbeRun(same).classification()
    }
  }
}
