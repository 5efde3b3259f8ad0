import Architecture
import Foundation
import Training

/// What a search must be compared with, measured at the same fidelity on the same cases.
public struct Baseline: Codable, Hashable, Sendable {
  /// `single ct`, `early fusion`, `late fusion`, …
  public let title: String

  /// The Dice with each seed.
  public let dice: [Double]

  /// The number of weights.
  public let parameters: Int

  /// Which network it is, where the title does not say it: that of a winner.
  public let network: String?

  /// How many times the steps of a trial it was trained for; `nil` for once.
  public let share: Double?

  /// Why there is no Dice; `nil` where there is.
  public let failure: String?

  public init(
    title: String, dice: [Double], parameters: Int, network: String? = nil, share: Double? = nil,
    failure: String? = nil
  ) {
    self.title = title
    self.dice = dice
    self.parameters = parameters
    self.network = network
    self.share = share
    self.failure = failure
  }

  /// The mean over the seeds.
  public var mean: Double { dice.reduce(0, +) / Double(max(1, dice.count)) }

  /// The sample standard deviation over the seeds; `nil` for one seed.
  public var deviation: Double? {
    guard dice.count > 1 else { return nil }
    let squares = dice.map { ($0 - mean) * ($0 - mean) }.reduce(0, +)
    return (squares / Double(dice.count - 1)).squareRoot()
  }
}

/// Measures the baselines of the report, each added to a log so that none is measured twice.
struct BaselineStudy {
  let estimator: TrainingEstimator

  /// How many times the full work each is given.
  var share = 1.0
  let modalities: [String]
  let seeds: [UInt64]
  let log: LineLog<Baseline>
  private var known: [Baseline] = []

  init(
    estimator: TrainingEstimator, share: Double = 1, modalities: [String], seeds: [UInt64],
    log: LineLog<Baseline>
  ) {
    self.estimator = estimator
    self.share = share
    self.modalities = modalities
    self.seeds = seeds
    self.log = log
  }

  /// Each single modality, their late fusion, early fusion, and the winners trained anew.
  ///
  /// Late fusion is the mean of the class probabilities of the single-modality networks; these are
  /// trained again when a run was interrupted before it was measured. Of a search that has gone on and
  /// found another winner, the one before is forgotten, and so is all that was trained for another number
  /// of steps. A baseline whose training fails is one that failed, not the end of the report.
  mutating func measure(
    winner: NetworkDesign, random: NetworkDesign?, resume: Bool, onBaseline: (Baseline) -> Void
  ) throws -> [Baseline] {
    let winners =
      (random.map { [("random search's winner, fresh seeds", $0)] } ?? [])
      + [("winner, fresh seeds", winner)]
    known = resume ? try log.records() : []
    known.removeAll { baseline in
      (baseline.share ?? 1) != share
        || baseline.title.hasSuffix("winner, fresh seeds")
          && !winners.contains { baseline.title == $0.0 && baseline.network == $0.1.description }
    }
    try log.rewrite(known)
    if !isKnown("late fusion") { try measureSingles(onBaseline) }
    if !isKnown("early fusion") {
      try add(trained("early fusion", .early(modalities)), onBaseline)
    }
    for (title, design) in winners where !isKnown(title) {
      try add(trained(title, design, network: design.description), onBaseline)
    }
    return known
  }

  private func isKnown(_ title: String) -> Bool { known.contains { $0.title == title } }

  /// Adds a baseline unless it is there.
  private mutating func add(_ baseline: Baseline, _ onBaseline: (Baseline) -> Void) throws {
    guard !isKnown(baseline.title) else { return }
    known.append(baseline)
    try log.append(baseline)
    onBaseline(baseline)
  }

  /// Every modality alone, and all of them fused late, where none of them fails.
  private mutating func measureSingles(_ onBaseline: (Baseline) -> Void) throws {
    var probabilities = seeds.map { _ in [[ScoreMap]]() }
    var parameters = 0
    var failure: String?
    for name in modalities {
      let title = "single \(name)"
      let single = measured(title) {
        var dice: [Double] = []
        var weights = 0
        for (index, seed) in seeds.enumerated() {
          let (estimate, scores) = try estimator.estimate(
            .single(name), seed: seed, share: share, wantsScores: true)
          dice.append(estimate.dice)
          weights = estimate.parameters
          probabilities[index].append(scores.map { $0.probabilities() })
        }
        return (dice, weights)
      }
      parameters += single.parameters
      failure = failure ?? single.failure.map { "\(title): \($0)" }
      try add(single, onBaseline)
    }
    let late = measured("late fusion") {
      if let failure { throw BaselineFailure(description: failure) }
      let dice = probabilities.map { estimator.validation.measure(lateFusionOf: $0).dice }
      return (dice, parameters)
    }
    try add(late, onBaseline)
  }

  private func trained(
    _ title: String, _ design: NetworkDesign, network: String? = nil
  ) -> Baseline {
    measured(title, network: network) {
      let estimates = try seeds.map {
        try estimator.estimate(design, seed: $0, share: share).estimate
      }
      return (estimates.map(\.dice), estimates.first?.parameters ?? 0)
    }
  }

  /// A baseline, or what kept it from being one.
  private func measured(
    _ title: String, network: String? = nil,
    _ measure: () throws -> (dice: [Double], parameters: Int)
  ) -> Baseline {
    let share = share == 1 ? nil : share
    do {
      let (dice, parameters) = try measure()
      return Baseline(
        title: title, dice: dice, parameters: parameters, network: network, share: share)
    } catch {
      return Baseline(
        title: title, dice: [], parameters: 0, network: network, share: share, failure: "\(error)")
    }
  }
}

/// Why a baseline that is made of others has no Dice.
private struct BaselineFailure: Error, CustomStringConvertible {
  let description: String
}
