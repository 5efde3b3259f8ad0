import Architecture
import Foundation
import Randomness
import Testing

@testable import Search

/// Trainings whose curves tend to the share of the hidden target's choices, ten stages each.
private struct CurvedTarget: StagedEstimator {
  var target = HiddenTarget(in: NASBench201Space())
  let stages = 10
  private(set) var finishedStages = 0

  mutating func estimate(
    _ candidate: NASBench201Cell, with effort: Effort, watching watch: ([Double]) -> Bool
  ) throws -> Estimate {
    let limit = try target.estimate(candidate).dice
    var scores: [Double] = []
    for stage in 1...stages {
      finishedStages += 1
      scores.append(limit * (1 - exp(-0.5 * Double(stage))))
      if stage < stages, !watch(scores) { break }
    }
    return Estimate(dice: scores[scores.count - 1], seconds: Double(scores.count))
  }
}

struct CurveStoppingTests {
  private func run(_ leastChance: Double) throws -> (trials: [Trial<NASBench201Cell>], stages: Int)
  {
    var estimator = CurveStopping(CurvedTarget(), leastChance: leastChance)
    var trials: [Trial<NASBench201Cell>] = []
    var scheduler = FullEffort<NASBench201Cell>(
      RandomSearch(in: NASBench201Space(), using: SplitMix64(seed: 5)))
    try search(scheduledBy: &scheduler, estimatingWith: &estimator, within: .trials(60)) {
      trials.append($0)
    }
    return (trials, estimator.base.finishedStages)
  }

  @Test func stopsTheHopelessAndKeepsTheBest() throws {
    let whole = try run(0)
    let stopped = try run(0.05)
    #expect(whole.stages == 600)
    #expect(stopped.stages < 400)
    func best(_ trials: [Trial<NASBench201Cell>]) -> NASBench201Cell? {
      trials.filter { $0.estimate?.prediction == nil }
        .max { ($0.estimate?.dice ?? 0) < ($1.estimate?.dice ?? 0) }?.genotype
    }
    #expect(best(stopped.trials) == best(whole.trials))
  }

  @Test func foretoldScoresAreNearWhatTheTrainingsComeTo() throws {
    let whole = try run(0).trials
    let stopped = try run(0.05).trials
    let pairs = zip(whole, stopped).filter { $1.estimate?.prediction != nil }
    #expect(pairs.count > 20)
    for (full, early) in pairs {
      let (truth, guess) = (try #require(full.estimate), try #require(early.estimate))
      #expect(abs(truth.dice - guess.dice) < 0.02)
      #expect(try #require(guess.prediction).after < 1)
      #expect(guess.seconds < truth.seconds)
    }
  }
}
