/// Of which modalities a mask was made: a line of `cases.jsonl` beside the masks.
public struct MaskRecord: Codable, Hashable, Sendable {
  /// The name of the file in a folder of masks.
  public static let file = "cases.jsonl"

  public let caseName: String

  /// The network's modalities that were used.
  public let present: [String]

  /// The network's other modalities: the case lacks them, or they were not to be used.
  public let missing: [String]

  public init(caseName: String, present: [String], missing: [String]) {
    self.caseName = caseName
    self.present = present
    self.missing = missing
  }
}
