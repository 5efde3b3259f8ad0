/// The structures of a dataset and their numbers: one for every name that occurs.
struct ImportLabels: Sendable {
  /// The most structures: with background, what 8 bits count.
  private static let most = 255

  /// The names in the order of their numbers, from 1.
  private(set) var names: [String]

  private let rules: ImportRules

  /// Takes the names of all regions that are drawn, or those of the rules.
  init(_ candidates: [ImportCandidate], rules: ImportRules) {
    self.rules = rules
    guard rules.labels.isEmpty else {
      names = rules.labels.map(\.name)
      return
    }
    let drawn = candidates.flatMap { candidate -> [String] in
      guard case .structures(let structures) = candidate.source else { return [] }
      return structures.regions.filter { !$0.isEmpty }.map(\.name)
    }
    names = Array(Set(drawn).sorted().prefix(Self.most))
  }

  /// The number that a region called `name` has; `nil` where it is left out.
  func value(of name: String) -> UInt16? {
    rules.label(of: name).flatMap(names.firstIndex).map { UInt16($0 + 1) }
  }

  /// Takes labels over from a file; by the rules their numbers are changed, else they stay.
  func map(_ labels: LabelMap) -> LabelMap {
    guard !rules.labels.isEmpty else { return labels }
    let table = Dictionary(
      uniqueKeysWithValues: labels.distinctValues.map {
        (UInt16($0), $0 == 0 ? 0 : value(of: "\($0)") ?? 0)
      })
    return LabelMap(geometry: labels.geometry, voxels: labels.voxels.map { table[$0] ?? 0 })
  }

  /// All structures: those with names, and numbers that only files of labels have.
  func all(foundInFiles values: Set<Int>) -> [Label] {
    let named = names.enumerated().map { Label(name: $1, value: $0 + 1) }
    let known = Set(named.map(\.value))
    return named
      + values.filter { $0 > 0 && !known.contains($0) }.sorted().map {
        Label(name: "label-\($0)", value: $0)
      }
  }
}
