import Architecture
import Foundation
import Imaging
import Synchronization
import TestSupport
import Testing
import Training

@testable import Search

/// The lengths of the trainings that were told of.
private final class StepCounter: Sendable {
  private let state = Mutex<Set<Int>>([])

  var totals: Set<Int> { state.withLock { $0 } }

  func note(_ total: Int) { state.withLock { _ = $0.insert(total) } }
}

struct SearchRunTests {
  private func run(
    on data: String, in folder: String, trials: Int, cases: Int = 1,
    strategy: StrategyName = .random
  ) throws -> SearchRun {
    var options = SearchOptions()
    options.strategy = strategy
    options.trials = trials
    options.seeds = 1
    options.fidelity.steps = 1
    options.fidelity.cases = cases
    options.fidelity.validationCases = 1
    options.fidelity.baseChannels = 2
    var plan = PlanOptions()
    plan.patchVoxels = 12 * 12 * 12
    plan.levels = 3
    plan.blocksPerLevel = 1
    return SearchRun(
      dataset: try Dataset.load(data), folder: try RunFolder(creating: folder), options: options,
      planOptions: plan, trainingOptions: TrainingOptions())
  }

  /// What a trial found, without the time that it took.
  private func outcomes(_ folder: String) throws -> [[String]] {
    try Leaderboard<Genotype>(path: folder + "/leaderboard.jsonl", keeping: true).trials.map {
      ["\($0.number)", $0.genotype.description, "\($0.estimate?.dice ?? -1)"]
    }
  }

  @Test func leavesAWinnerAndAnHonestReportAndResumesToTheSame() throws {
    try withTemporaryFolder { folder in
      let data = folder + "/data"
      try Phantom.writeDataset(to: data, cases: 3, size: 20, seed: 4)
      let report = try run(on: data, in: folder + "/whole", trials: 3)()
      #expect(report.ranking.count + report.failures.count == 3)
      #expect(
        report.baselines.map(\.title) == [
          "single ct", "single mri", "single ultrasound", "late fusion", "early fusion",
          "winner, fresh seeds",
        ])
      let best = try RunFolder(creating: folder + "/whole").read(
        NetworkDesign.self, from: "best.json")
      #expect(best == .fused(try #require(report.best).genotype))
      #expect(FileManager.default.fileExists(atPath: folder + "/whole/report.md"))
      for name in ["progress.png", "front.png", "best.png", "best.dot"] {
        #expect(FileManager.default.fileExists(atPath: folder + "/whole/" + name), "\(name)")
      }
      #expect(report.front.first == report.best)
      #expect(report.markdown.contains("## Pareto front"))

      _ = try run(on: data, in: folder + "/parts", trials: 1)()
      _ = try run(on: data, in: folder + "/parts", trials: 3)(resume: true)
      #expect(try outcomes(folder + "/parts") == outcomes(folder + "/whole"))
    }
  }

  @Test func baselinesAreMeasuredOnceAndRandomSearchIsOne() throws {
    try withTemporaryFolder { folder in
      let data = folder + "/data"
      try Phantom.writeDataset(to: data, cases: 3, size: 20, seed: 4)
      let search = try run(on: data, in: folder + "/run", trials: 2, strategy: .evolution)
      let report = try search()
      #expect(report.randomBest != nil)
      #expect(
        report.baselines.map(\.title).suffix(3) == [
          "early fusion", "random search's winner, fresh seeds", "winner, fresh seeds",
        ])
      #expect(report.markdown.contains("| random search with the same budget, its best | "))
      // Without the last of them, only that is measured again.
      let log = LineLog<Baseline>(path: folder + "/run/baselines.jsonl")
      try log.rewrite(Array(log.records().dropLast()))
      var measured: [String] = []
      let resumed = try search(
        resume: true,
        onProgress: {
          if case .baseline(let baseline) = $0 { measured.append(baseline.title) }
        })
      #expect(measured == ["winner, fresh seeds"])
      #expect(resumed.baselines == report.baselines)
      #expect(resumed.randomBest == report.randomBest)
    }
  }

  @Test func aWinnerThatIsFoundLaterIsMeasuredInPlaceOfTheOneBefore() throws {
    try withTemporaryFolder { folder in
      let data = folder + "/data"
      try Phantom.writeDataset(to: data, cases: 3, size: 20, seed: 4)
      _ = try run(on: data, in: folder + "/run", trials: 1)()
      // A worse first trial, so that the second is the winner.
      let log = LineLog<Trial<Genotype>>(path: folder + "/run/leaderboard.jsonl")
      let first = try #require(log.records().first)
      try log.rewrite([Trial(number: 1, genotype: first.genotype, estimate: Estimate(dice: -1))])
      var measured: [String] = []
      let report = try run(on: data, in: folder + "/run", trials: 2)(
        resume: true,
        onProgress: {
          if case .baseline(let baseline) = $0 { measured.append(baseline.title) }
        })
      #expect(report.best?.number == 2)
      // Random search would have fewer trials than what it is compared with.
      #expect(throws: SearchError.fewerTrials(asked: 1, finished: 2)) {
        try run(on: data, in: folder + "/run", trials: 1)(resume: true)
      }
      #expect(measured == ["winner, fresh seeds"])
      let winner = try #require(report.baselines.last)
      #expect(winner.network == report.best?.genotype.description)
      #expect(winner.parameters == report.best?.estimate?.parameters)
      #expect(report.baselines.count == 6)
    }
  }

  /// Single modalities, late fusion and genotypes that read little find nothing in some subsets, and no
  /// case is lost for lacking a scan.
  @Test func genotypesAreScoredFromEverySubset() throws {
    try withTemporaryFolder { folder in
      let data = folder + "/data"
      try Phantom.writeDataset(to: data, cases: 3, size: 20, seed: 4)
      for files in try Dataset.load(data).cases.prefix(2) {
        try FileManager.default.removeItem(atPath: try #require(files.images["mri"]).path)
      }
      let whole = try run(on: data, in: folder + "/run", trials: 2, cases: 2)
      var options = whole.options
      options.subsets = .worst
      options.representations = [.joint, .coordinated]
      let search = SearchRun(
        dataset: whole.dataset, folder: whole.folder, options: options,
        planOptions: whole.planOptions, trainingOptions: whole.trainingOptions)
      let report = try search()
      #expect(report.failures.isEmpty && report.leftOut.isEmpty)
      for trial in report.ranking {
        let estimate = try #require(trial.estimate)
        let found = try #require(estimate.diceBySubset)
        #expect(estimate.dice == found.values.min())
        #expect(found.count == 7 || found.count == 3)
      }
      #expect(report.baselines.count == 6)
      #expect(report.baselines.filter { $0.title.hasPrefix("single") }.allSatisfy { $0.mean == 0 })
      #expect(
        report.markdown.contains(
          "Dice is the worst of every subset of the modalities, here and below."))
    }
  }

  /// Half of the work and all of it are trainings of their own.
  @Test func ashaTrainsTheBestAnewWithMoreWork() throws {
    try withTemporaryFolder { folder in
      let data = folder + "/data"
      try Phantom.writeDataset(to: data, cases: 3, size: 20, seed: 4)
      var search = try run(on: data, in: folder + "/run", trials: 7)
      var options = search.options
      options.scheduler = .asha
      options.rungs = 2
      options.reduction = 2
      options.fidelity.steps = 8
      options.baselines = false
      search = SearchRun(
        dataset: search.dataset, folder: search.folder, options: options,
        planOptions: search.planOptions, trainingOptions: search.trainingOptions)
      let counter = StepCounter()
      let report = try search(onStep: { counter.note($1) })
      #expect(counter.totals == [4, 8])
      #expect(report.best?.share == 1)
      #expect(report.comparable.allSatisfy { $0.share == 1 })
    }
  }

  @Test func tooFewCasesAreAnError() throws {
    try withTemporaryFolder { folder in
      let data = folder + "/data"
      try Phantom.writeDataset(to: data, cases: 1, size: 20, seed: 4)
      let error = #expect(throws: SearchError.self) {
        try run(on: data, in: folder + "/run", trials: 1)()
      }
      #expect(error?.description.contains("too few labelled cases to search on") == true)
    }
  }

  @Test func aCaseThatCannotBeReadIsListedInTheReport() throws {
    try withTemporaryFolder { folder in
      let data = folder + "/data"
      try Phantom.writeDataset(to: data, cases: 4, size: 20, seed: 4)
      let whole = try run(on: data, in: folder + "/whole", trials: 1, cases: 0)()
      #expect(whole.leftOut.isEmpty && whole.measuredOn.count == 1)
      let learnt = try Dataset.load(data).cases.first { !whole.measuredOn.contains($0.name) }
      let bad = try #require(learnt)
      let path = try #require(bad.images["mri"]).path
      let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
      try bytes.prefix(200).write(to: URL(fileURLWithPath: path))
      let report = try run(on: data, in: folder + "/run", trials: 1, cases: 0)()
      #expect(report.leftOut.map(\.caseName) == [bad.name])
      #expect(report.markdown.contains("- left out: \(bad.name): "))
    }
  }
}
