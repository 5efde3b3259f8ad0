/// How a supernet is trained, whose weights the networks of a space share.
public struct SupernetOptions: Codable, Hashable, Sendable {
  /// Which of its networks a step trains.
  public enum Paths: String, Codable, CaseIterable, Sendable {
    /// One drawn uniformly; the whole training comes before the first trial.
    case uniform

    /// The one that is about to be judged, some steps before each trial.
    case proposed
  }

  public var paths = Paths.uniform

  /// The steps before the first trial, with `uniform` paths.
  public var steps = 400

  /// The steps before each trial: with `proposed` paths, and for strategies that follow gradients.
  public var stepsPerTrial = 20

  /// The learning rate of the architecture in strategies that follow gradients.
  public var architectureRate = 0.02

  /// Of how many channels one goes through the operations, for `pcdarts`.
  public var partialChannels = 4

  /// The share of a cell's edges that may be skips before a strategy that follows gradients stops.
  public var skipShare = 0.5

  public init() {}
}
