public import Architecture

/// How good a genotype is, and what it costs.
public struct Estimate: Codable, Hashable, Sendable {
  /// The mean Dice over the structures, higher is better; over the subsets of the modalities too where
  /// ``SearchOptions/subsets`` says so.
  public let dice: Double

  /// The mean Dice of each structure, by the label's name.
  public let diceByLabel: [String: Double]

  /// The number of weights.
  public let parameters: Int

  /// The multiply-adds of one patch.
  public let multiplyAdds: Double

  /// The time the estimate took.
  public let seconds: Double

  /// The mean Dice over the structures from each subset of the modalities, by its title (`ct+mri`);
  /// `nil` when a network is scored from all of them.
  public var diceBySubset: [String: Double]?

  /// The share of its weights that it was trained from those of its parent's, 0 to 1; `nil` for one that
  /// has none.
  public var inherited: Double?

  /// How long one patch takes through the network, foretold in milliseconds; `nil` where nobody asked.
  public var latency: Double?

  /// The bytes that a step of its training takes at its peak, foretold; `nil` where nobody asked.
  public var memory: Double?

  /// The bytes by which this process grew at most in the first steps of its training; `nil` where nobody
  /// asked, nothing was trained, or the system cannot say.
  public var measuredMemory: Double?

  /// Where the score comes from when the training was stopped before its end; `nil` when it is
  /// measured.
  public var prediction: Prediction?

  /// How a score was foretold.
  public struct Prediction: Codable, Hashable, Sendable {
    /// After which part of the training it was stopped.
    public let after: Double

    /// The standard deviation of the score.
    public let deviation: Double

    public init(after: Double, deviation: Double) {
      self.after = after
      self.deviation = deviation
    }
  }

  public init(
    dice: Double, diceByLabel: [String: Double] = [:], parameters: Int = 0,
    multiplyAdds: Double = 0,
    seconds: Double = 0
  ) {
    self.dice = dice
    self.diceByLabel = diceByLabel
    self.parameters = parameters
    self.multiplyAdds = multiplyAdds
    self.seconds = seconds
  }
}

/// One candidate with its outcome: an estimate, or the reason why there is none.
public struct Trial<Candidate: SearchCandidate>: Codable, Hashable, Sendable {
  /// From 1, in the order of the search.
  public let number: Int

  public let genotype: Candidate

  /// `nil` when the candidate failed.
  public internal(set) var estimate: Estimate?

  /// Why the candidate failed; `nil` when it did not.
  public let failure: String?

  /// The part of the full work that it was judged with; `nil`: all of it.
  var effort: Double?

  /// How many trials were known when it was proposed; `nil`: all before it.
  var knowing: Int?

  /// The earlier trial with the same network, whose estimate it has taken over; `nil` for one that
  /// was judged itself.
  public internal(set) var copyOf: Int?

  /// The trial whose weights it inherited where names and shapes agree; `nil` for one that inherited none.
  public internal(set) var parent: Int?

  /// The seconds that came before its estimate: of a strategy that trains something to propose, or of
  /// what all candidates share; `nil`: none.
  var preparing: Double?

  /// The seconds it took until the candidate failed; `nil` when it did not.
  private let secondsToFailure: Double?

  public init(number: Int, genotype: Candidate, estimate: Estimate) {
    self.number = number
    self.genotype = genotype
    self.estimate = estimate
    failure = nil
    secondsToFailure = nil
  }

  public init(number: Int, genotype: Candidate, failure: String, after seconds: Double = 0) {
    self.number = number
    self.genotype = genotype
    estimate = nil
    self.failure = failure
    secondsToFailure = seconds
  }

  /// The part of the full work that it was judged with, above 0 and at most 1.
  public var share: Double { effort ?? 1 }

  /// What the trial takes of a budget in seconds.
  public var seconds: Double {
    (preparing ?? 0) + (copyOf == nil ? estimate?.seconds ?? secondsToFailure ?? 0 : 0)
  }
}
