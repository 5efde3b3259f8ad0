import Architecture
import Foundation
import Imaging
import Testing
import Training

@testable import Search

struct SearchRunTests {
  private func run(
    on data: String, in folder: String, trials: Int,
    _ change: (inout SearchOptions) -> Void = { _ in }
  ) throws -> SearchRun {
    var search = SmallSearch(trials: trials)
    search.options.baselines = true
    change(&search.options)
    return try search.run(on: data, in: folder)
  }

  @Test func leavesAWinnerAndAnHonestReportAndResumesToTheSame() throws {
    try SmallSearch.withData { folder, data in
      let report = try run(on: data, in: folder + "/whole", trials: 3)()
      #expect(report.ranking.count + report.failures.count == 3)
      #expect(
        report.baselines.map(\.title) == [
          "single ct", "single mri", "single ultrasound", "late fusion", "early fusion",
          "winner, fresh seeds",
        ])
      let best = try RunFolder(creating: folder + "/whole").read(
        NetworkDesign.self, from: "best.json")
      #expect(try best == #require(report.best).genotype)
      #expect(FileManager.default.fileExists(atPath: folder + "/whole/report.md"))
      for name in ["progress.png", "front.png", "best.png", "best.dot"] {
        #expect(FileManager.default.fileExists(atPath: folder + "/whole/" + name), "\(name)")
      }
      #expect(report.front.first == report.best)
      #expect(report.markdown.contains("## Pareto front"))

      _ = try run(on: data, in: folder + "/parts", trials: 1)()
      _ = try run(on: data, in: folder + "/parts", trials: 3)(resume: true)
      #expect(
        try SmallSearch.outcomes(in: folder + "/parts")
          == SmallSearch.outcomes(in: folder + "/whole"))
    }
  }

  @Test func baselinesAreMeasuredOnceAndRandomSearchIsOne() throws {
    try SmallSearch.withData { folder, data in
      let search = try run(on: data, in: folder + "/run", trials: 2) { $0.strategy = .evolution }
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
    try SmallSearch.withData { folder, data in
      _ = try run(on: data, in: folder + "/run", trials: 1)()
      // A worse first trial, so that the second is the winner.
      let log = LineLog<Trial<NetworkDesign>>(path: folder + "/run/leaderboard.jsonl")
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
    try SmallSearch.withData { folder, data in
      for files in try Dataset.load(data).cases.prefix(2) {
        try FileManager.default.removeItem(atPath: try #require(files.images["mri"]).path)
      }
      let search = try run(on: data, in: folder + "/run", trials: 2) {
        $0.fidelity.cases = 2
        $0.subsets = .worst
        $0.representations = [.joint, .coordinated]
      }
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
    try SmallSearch.withData { folder, data in
      let search = try run(on: data, in: folder + "/run", trials: 7) {
        $0.scheduler = .asha
        $0.rungs = 2
        $0.reduction = 2
        $0.fidelity.steps = 8
        $0.baselines = false
      }
      let totals = StepTotals()
      let report = try search(onStep: { totals.note($1) })
      #expect(totals.seen == [4, 8])
      #expect(report.best?.share == 1)
      #expect(report.comparable.allSatisfy { $0.share == 1 })
    }
  }

  @Test func tooFewCasesAreAnError() throws {
    try SmallSearch.withData(cases: 1) { folder, data in
      let error = #expect(throws: SearchError.self) {
        try run(on: data, in: folder + "/run", trials: 1)()
      }
      #expect(error?.description.contains("too few labelled cases to search on") == true)
    }
  }

  @Test func aCaseThatCannotBeReadIsListedInTheReport() throws {
    try SmallSearch.withData(cases: 4) { folder, data in
      let whole = try run(on: data, in: folder + "/whole", trials: 1) { $0.fidelity.cases = 0 }()
      #expect(whole.leftOut.isEmpty && whole.measuredOn.count == 1)
      let learnt = try Dataset.load(data).cases.first { !whole.measuredOn.contains($0.name) }
      let bad = try #require(learnt)
      let path = try #require(bad.images["mri"]).path
      let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
      try bytes.prefix(200).write(to: URL(fileURLWithPath: path))
      let report = try run(on: data, in: folder + "/run", trials: 1) { $0.fidelity.cases = 0 }()
      #expect(report.leftOut.map(\.caseName) == [bad.name])
      #expect(report.markdown.contains("- left out: \(bad.name): "))
    }
  }
}
