import Architecture
import Foundation
import Networks
import Randomness
import Testing
import Training

@testable import Search

/// Searches whose children begin with their parents' weights.
struct InheritingEstimatorTests {
  private func run(
    on data: String, in folder: String, trials: Int, baselines: Bool = false, rate: Double = 0.002
  ) throws -> SearchRun {
    var search = SmallSearch(trials: trials)
    search.options.strategy = .tournament
    search.options.inheritsWeights = true
    search.options.population = 3
    search.options.baselines = baselines
    search.options.fidelity.steps = 2
    search.training.learningRate = rate
    return try search.run(on: data, in: folder)
  }

  private func outcomes(_ folder: String) throws -> [[String]] {
    try SmallSearch.trials(in: folder).map {
      [$0.genotype.description, "\($0.estimate?.dice ?? -1)", "\($0.parent ?? 0)"]
        + ["\($0.estimate?.inherited ?? -1)"]
    }
  }

  @Test func parentsAreRecordedTheDeadPrunedAndAResumedSearchIsTheSame() throws {
    try SmallSearch.withData { folder, data in
      _ = try run(on: data, in: folder + "/whole", trials: 7)()
      let whole = try SmallSearch.trials(in: folder + "/whole")
      #expect(whole.prefix(3).allSatisfy { $0.parent == nil && $0.estimate?.inherited == nil })
      for trial in whole.dropFirst(3) {
        let parent = try #require(trial.parent)
        #expect(parent < trial.number)
        #expect(try #require(trial.estimate?.inherited) > 0.3)
      }
      let pool = WeightPool(in: try RunFolder(creating: folder + "/whole"))
      #expect(try pool.trials.count == 3)
      #expect(try pool.trials.contains(7))
      for stop in [2, 4, 6] {
        let part = folder + "/part\(stop)"
        _ = try run(on: data, in: part, trials: stop)()
        _ = try run(on: data, in: part, trials: 7)(resume: true)
        #expect(try outcomes(part) == outcomes(folder + "/whole"))
        let kept = WeightPool(in: try RunFolder(creating: part))
        #expect(try kept.trials == pool.trials)
        for number in try pool.trials {
          #expect(
            FileManager.default.contentsEqual(
              atPath: pool.path(ofTrial: number), andPath: kept.path(ofTrial: number)))
        }
      }
    }
  }

  // With a learning rate that moves nothing, what a child is when it ends is what it began with.
  @Test func anIdenticalChildGoesOnWhereItsParentStopped() throws {
    try SmallSearch.withData { folder, data in
      func estimator(rate: Double) throws -> InheritingEstimator {
        let search = try run(on: data, in: folder + "/run", trials: 1, rate: rate)
        let setup = try SearchSetup(of: search, onStep: { _, _ in }, onProgress: { _ in })
        return InheritingEstimator(
          setup.estimator, pool: WeightPool(in: search.folder), seed: search.trainingOptions.seed)
      }
      let cell = try CellGenotype.uniform(.gated, .convolution3, inputs: 3)
      let genotype = NetworkDesign.fused(
        try Genotype(modalities: ["ct", "mri", "ultrasound"], cells: [cell]))
      func effort(_ trial: Int, parent: Int?) -> Effort {
        var effort = Effort()
        effort.lineage = Lineage(trial: trial, parent: parent)
        return effort
      }
      let moving = try estimator(rate: 0.01)
      let parent = try moving.estimate(genotype, with: effort(1, parent: nil))
      let still = try estimator(rate: 1e-30)
      let child = try still.estimate(genotype, with: effort(2, parent: 1))
      #expect(child.inherited == 1)
      #expect(child.dice == parent.dice && child.diceByLabel == parent.diceByLabel)
      let pool = WeightPool(in: try RunFolder(creating: folder + "/run"))
      #expect(
        FileManager.default.contentsEqual(
          atPath: pool.path(ofTrial: 1), andPath: pool.path(ofTrial: 2)))
      _ = try moving.estimate(genotype, with: effort(3, parent: 1))
      #expect(
        !FileManager.default.contentsEqual(
          atPath: pool.path(ofTrial: 1), andPath: pool.path(ofTrial: 3)))
    }
  }

  @Test func aLostParentFailsItsChildAlone() throws {
    try SmallSearch.withData { folder, data in
      _ = try run(on: data, in: folder + "/run", trials: 3)()
      try FileManager.default.removeItem(atPath: folder + "/run/inherited")
      _ = try run(on: data, in: folder + "/run", trials: 4)(resume: true)
      let last = try #require(try SmallSearch.trials(in: folder + "/run").last)
      #expect(last.failure?.contains("safetensors") == true)
    }
  }

  /// A winner of the third generation is compared with networks that had three times the steps.
  @Test func theWholeLineIsChargedToTheWinner() throws {
    try SmallSearch.withData { folder, data in
      let search = try run(on: data, in: folder + "/run", trials: 8, baselines: true)
      let totals = StepTotals()
      let report = try search(onStep: { totals.note($1) })
      let best = try #require(report.best)
      let line = Lineage.ancestry(of: best, in: report.ranking)
      #expect(line.count > 1)
      #expect(totals.seen == [2, 2 * line.count])
      let seconds = String(format: "%.1f", line.reduce(0) { $0 + $1.seconds })
      #expect(
        report.markdown.contains(
          "Behind the winner's weights stand \(line.count) training(s), of the trials "
            + line.map { "\($0.number)" }.joined(separator: ", ")
            + ": \(2 * line.count) steps and \(seconds) s in all. "))
    }
  }

  /// The random search beside it inherits nothing; a process that serves both is told so by the task.
  @Test func aTaskWithoutALineageIsTrainedFromTheStart() throws {
    try SmallSearch.withData { folder, data in
      let search = try run(on: data, in: folder + "/run", trials: 1)
      let setup = try SearchSetup(of: search, onStep: { _, _ in }, onProgress: { _ in })
      let pool = WeightPool(in: try RunFolder(creating: folder + "/pool"))
      let inheriting = InheritingEstimator(setup.estimator, pool: pool, seed: 1)
      var generator = SplitMix64(seed: 1)
      let design = setup.space.sample(using: &generator)
      let alone = try inheriting.estimate(design, with: Effort())
      var effort = Effort()
      effort.lineage = Lineage(trial: 1, parent: nil)
      let first = try inheriting.estimate(design, with: effort)
      #expect(alone.dice == first.dice && alone.inherited == nil)
      #expect(try pool.trials == [1])
    }
  }

  @Test func settingsThatDoNotGoTogetherAreRefused() throws {
    func refusal(_ change: (inout SearchOptions) -> Void) -> String? {
      var options = SearchOptions()
      options.inheritsWeights = true
      options.strategy = .tournament
      change(&options)
      do {
        try options.check(hasWorkers: true)
        return nil
      } catch {
        return error.description
      }
    }
    let start = "\"inheritsWeights\": true and "
    let middle = " do not go together: "
    #expect(refusal { _ in } == nil)
    #expect(
      refusal { $0.strategy = .evolution }
        == start + "\"strategy\": \"evolution\"" + middle
        + "only the candidates of \"tournament\" have parents whose weights are kept.")
    #expect(
      refusal { $0.estimator = .proxy }
        == start + "\"estimator\": \"proxy\"" + middle
        + "there is no training that could begin with them.")
    #expect(
      refusal { $0.scheduler = .asha }
        == start + "\"scheduler\": \"asha\"" + middle + "every rung is a training anew.")
    #expect(
      refusal { $0.stopsHopeless = true }
        == start + "\"stopsHopeless\": true" + middle
        + "a curve that begins where another ended says nothing of a whole training.")
  }
}
