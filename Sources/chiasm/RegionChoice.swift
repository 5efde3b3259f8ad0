import Imaging

/// `--regions whole=1+2,core=tumour`: unions of labels, by their numbers or the dataset's names.
struct RegionChoice {
  static let help = Help.Option(
    "regions", "NAME=A+B,…",
    "Unions of labels to compare beside the dataset's, by number or name; of two folders, only "
      + "these are compared.")

  /// Each region's name, and its labels as they are written.
  private let written: [(name: String, parts: [String])]

  init(_ arguments: inout Arguments) throws(UsageError) {
    var written: [(name: String, parts: [String])] = []
    for text in try arguments.list("regions") ?? [] {
      let sides = text.split(separator: "=", omittingEmptySubsequences: false).map(String.init)
      let parts = sides.last?.split(separator: "+", omittingEmptySubsequences: false) ?? []
      guard sides.count == 2, !sides[0].isEmpty, !parts.isEmpty, !parts.contains("") else {
        throw UsageError("--regions takes regions like whole=1+2, not '\(text)'.")
      }
      written.append((sides[0], parts.map(String.init)))
    }
    self.written = written
  }

  /// The regions, once the names of the labels are known.
  ///
  /// - Parameter labels: The dataset's; `nil` when there is no dataset.
  func regions(among labels: [Label]?) throws(UsageError) -> [Region] {
    var regions: [Region] = []
    for (name, parts) in written {
      var values: [Int] = []
      for part in parts { values.append(try value(of: part, among: labels)) }
      regions.append(Region(name: name, values: values))
    }
    return regions
  }

  private func value(of part: String, among labels: [Label]?) throws(UsageError) -> Int {
    if let label = labels?.first(where: { $0.name == part || String($0.value) == part }) {
      return label.value
    }
    if let labels {
      let known = labels.flatMap { [$0.name, String($0.value)] }
      throw UsageError(
        "--regions: the dataset has no label '\(part)'; it has "
          + labels.map { "\($0.name) (\($0.value))" }.joined(separator: ", ") + "."
          + Suggestion.sentence(for: part, among: known))
    }
    guard let value = Int(part), (1...65535).contains(value) else {
      throw UsageError(
        "--regions: '\(part)' is no label; without a dataset labels are numbers from 1 to 65535.")
    }
    return value
  }
}
