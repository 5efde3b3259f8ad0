/// How a network is trained; the defaults are nnU-Net's, but for a budget that a CPU can pay.
public struct TrainingOptions: Codable, Hashable, Sendable {
  /// The update rules.
  public enum Rule: String, Codable, CaseIterable, Sendable {
    case sgd
    case adamw
  }

  /// Passes of `stepsPerEpoch` batches, each followed by a log line and a checkpoint.
  public var epochs = 20

  /// Batches per epoch.
  public var stepsPerEpoch = 25

  /// `sgd` (Nesterov momentum) or `adamw`.
  public var optimizer = Rule.adamw

  /// The learning rate of the first step; it falls to zero as a polynomial of power 0.9.
  public var learningRate = 0.002

  /// The momentum of `sgd`.
  public var momentum = 0.99

  /// Decay of the weights: added to the gradient by `sgd`, decoupled from it by `adamw`.
  public var weightDecay = 3e-5

  /// The largest norm that the gradient of all weights together may have; 0: no limit.
  public var gradientClip = 12.0

  /// The share of patches that are centred on a structure.
  public var foregroundFraction = 0.33

  /// Whether the loss takes the Dice of all patches of a batch together, not of each.
  public var batchDice = false

  /// Whether the loss is also taken at the coarser levels of the decoder.
  public var deepSupervision = false

  /// Whether patches are transformed at random, with nnU-Net's default transforms.
  public var augmentation = true

  /// The probability that a constant, normal with deviation 0.5, is added to each modality of an
  /// augmented patch; nnU-Net's default transforms have no such one.
  public var additiveBrightness = 0.0

  /// How modalities are left out of patches.
  public var modalityDropout = ModalityDropout()

  /// Epochs from one validation Dice to the next; 0: only after the last epoch.
  public var validateEvery = 1

  /// What all randomness of the training is drawn from.
  public var seed: UInt64 = 1

  public init() {}

  /// All batches of the training.
  public var steps: Int { epochs * stepsPerEpoch }
}
