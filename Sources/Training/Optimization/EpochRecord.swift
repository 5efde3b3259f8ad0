/// One line of a training's log.
public struct EpochRecord: Codable, Hashable, Sendable {
  /// From 1.
  public let epoch: Int

  /// The mean loss of the epoch's steps, the terms of coordinated levels included.
  public let loss: Double

  /// The learning rate of the epoch's last step.
  public let learningRate: Double

  /// The mean Dice over the structures, on one patch per validation case; absent when not measured.
  public let validationDice: Double?

  /// The Dice of each structure, by the label's name; absent where no patch shows it.
  public let diceByLabel: [String: Double]

  /// How far each coordinated level is from its constraint, by its name (`level 0`): the mean of the
  /// epoch's steps, before it is weighted; absent where no level is coordinated.
  public var coordination: [String: Double]?

  public init(
    epoch: Int, loss: Double, learningRate: Double, validationDice: Double?,
    diceByLabel: [String: Double]
  ) {
    self.epoch = epoch
    self.loss = loss
    self.learningRate = learningRate
    self.validationDice = validationDice
    self.diceByLabel = diceByLabel
  }
}
