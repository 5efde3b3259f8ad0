/// Where a run comes from: written as `run.json` before it starts, and compared when it is resumed.
public struct RunRecord: Codable, Hashable, Sendable {
  /// What the run is: `train` or `search`.
  public var command: String

  /// The version of Chiasm.
  public var chiasm: String

  /// The version of libtorch.
  public var libtorch: String

  public var device: String
  public var threads: Int
  public var seed: UInt64

  /// The dataset's name.
  public var dataset: String

  /// The fold, when one was held out.
  public var fold: Int?

  /// The cases learnt from and the cases held out.
  public var trainingCases: [String]
  public var validationCases: [String]

  /// The modalities that some of these cases lack, by case; `nil` when none lacks any.
  public var missingModalities: [String: [String]]?

  public init(
    command: String, chiasm: String, libtorch: String, device: String, threads: Int, seed: UInt64,
    dataset: String, fold: Int?, trainingCases: [String], validationCases: [String]
  ) {
    self.command = command
    self.chiasm = chiasm
    self.libtorch = libtorch
    self.device = device
    self.threads = threads
    self.seed = seed
    self.dataset = dataset
    self.fold = fold
    self.trainingCases = trainingCases
    self.validationCases = validationCases
  }
}
