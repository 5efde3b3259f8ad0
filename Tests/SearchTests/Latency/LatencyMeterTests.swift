import Architecture
import Foundation
import Randomness
import Testing
import Torch
import Training

@testable import Search

/// What is measured, and searches that heed it; never how long anything takes.
struct LatencyMeterTests {
  private func run(
    on data: String, in folder: String, trials: Int, _ change: (inout SearchOptions) -> Void
  ) throws -> SearchRun {
    var search = SmallSearch(trials: trials)
    search.options.population = 3
    change(&search.options)
    return try search.run(on: data, in: folder)
  }

  @Test func everyPartOfEveryNetworkIsMeasured() throws {
    try SmallSearch.withData(cases: 2) { folder, data in
      let search = try run(on: data, in: folder + "/run", trials: 1) {
        // Coordinated cells refuse the one that mixes modalities.
        $0.operations = Architecture.Operation.allCases.filter { $0 != .crossModalAttention }
        $0.combinations = Combination.allCases
        $0.representations = [.joint, .coordinated]
      }
      let setup = try SearchSetup(of: search, onStep: { _, _ in }, onProgress: { _ in })
      let table = try setup.latencyTable(isResumed: false)
      #expect(table.milliseconds.values.allSatisfy { $0.isFinite && $0 >= 0 })
      #expect(table.conditions.threads == TorchRuntime.threads)
      #expect(table.conditions.machine == "unknown")
      #expect(table.date.count == 10)
      #expect(table.check.networks == 16 && table.check.meanRelativeError >= 0)
      var generator = SplitMix64(seed: 9)
      for _ in 0..<100 {
        #expect(try table.prediction(for: setup.space.sample(using: &generator)).isFinite)
      }
      #expect(try setup.latencyTable(isResumed: true) == table)
    }
  }

  @Test func theMedianIsTheMiddle() {
    #expect(LatencyMeter.median([3, 1, 100]) == 3)
    #expect(LatencyMeter.median([4, 1, 2, 100]) == 3)
  }

  @Test func latencyIsAnObjectiveAndItsTableIsKept() throws {
    try SmallSearch.withData(cases: 2) { folder, data in
      func search(_ trials: Int) throws -> SearchRun {
        try run(on: data, in: folder + "/run", trials: trials) {
          $0.strategy = .nsga2
          $0.objective = .latency
        }
      }
      _ = try search(3)()
      let path = folder + "/run/latency.json"
      let before = FileManager.default.contents(atPath: path)
      let report = try search(6)(resume: true)
      #expect(FileManager.default.contents(atPath: path) == before)
      let table = try #require(report.latency)
      #expect(report.ranking.count == 6)
      for trial in report.ranking {
        #expect(trial.estimate?.latency == (try table.prediction(for: trial.genotype)))
      }
      #expect(report.markdown.contains("On 16 whole random networks it was wrong by "))
    }
  }

  /// A table in which a 3³ convolution takes ten milliseconds and all else nothing.
  @Test func noTrialIsAboveTheLimit() throws {
    try SmallSearch.withData(cases: 2) { folder, data in
      func change(_ options: inout SearchOptions) { options.latencyLimit = 35 }
      let search = try run(on: data, in: folder + "/run", trials: 5, change)
      let setup = try SearchSetup(of: search, onStep: { _, _ in }, onProgress: { _ in })
      let measured = try setup.latencyTable(isResumed: false)
      let table = LatencyTable(
        conditions: measured.conditions, date: measured.date,
        milliseconds: Dictionary(
          uniqueKeysWithValues: measured.milliseconds.keys.map {
            ($0, $0.hasSuffix("convolution3") ? 10 : 0)
          }), constant: 0, check: measured.check)
      try search.folder.write(table, to: "latency.json")
      let report = try search(resume: true)
      #expect(report.ranking.count == 5)
      // Three levels with the same cell: one convolution of 3³ at most.
      for trial in report.ranking {
        #expect([0, 30].contains(trial.estimate?.latency))
      }
    }
  }
}
