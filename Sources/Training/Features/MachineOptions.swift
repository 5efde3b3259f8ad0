import Networks

/// How large a machine over feature vectors is, and how long it is trained.
public struct MachineOptions: Codable, Hashable, Sendable {
  /// The hidden units above each modality's features.
  public var hidden = 64

  /// The units of the joint layer.
  public var joint = 64

  /// How often pre-training, and then training all layers together, uses each sample.
  public var pretrainingEpochs = 60
  public var epochs = 10

  /// The deviation of the features that the machine sees. Its Gaussian units have a noise of 1 of their
  /// own, so features of deviation 1 would leave nothing to explain.
  public var signal = 2.0

  public var learningRate = 0.02
  public var seed: UInt64 = 1

  public init() {}
}
