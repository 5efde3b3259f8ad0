/// How often the masks of one region were empty.
public struct EmptyMaskCounts: Equatable, Sendable {
  /// Cases that were compared.
  public let cases: Int

  /// Cases where neither prediction nor reference has the region.
  public let bothEmpty: Int

  /// Cases where only the reference has it.
  public let missed: Int

  /// Cases where only the prediction has it.
  public let spurious: Int

  init(_ confusions: [Confusion]) {
    let kinds = confusions.map(\.emptiness)
    cases = kinds.count
    bothEmpty = kinds.count { $0 == .both }
    missed = kinds.count { $0 == .missed }
    spurious = kinds.count { $0 == .spurious }
  }

  /// Cases whose reference is empty.
  public var emptyReferences: Int { bothEmpty + spurious }

  /// Cases whose prediction is empty.
  public var emptyPredictions: Int { bothEmpty + missed }

}
