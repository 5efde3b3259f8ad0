/// The sets of modalities that a patient may have.
public enum ModalitySubsets {
  /// More modalities than this have more subsets than anybody waits for.
  public static let maximumModalities = 10

  /// - Throws: ``ArchitectureError/tooManySubsets(modalities:allowed:)`` when there are more modalities
  ///   than can be taken apart.
  public static func check(_ names: [String]) throws(ArchitectureError) {
    guard names.count <= maximumModalities else {
      throw .tooManySubsets(modalities: names.count, allowed: maximumModalities)
    }
  }

  /// Every subset of `names` but the empty one, the smallest first; of equally large ones the one with
  /// earlier names first.
  ///
  /// - Precondition: ``check(_:)``.
  public static func all(of names: [String]) -> [[String]] {
    precondition(names.count <= maximumModalities, "\(names.count) modalities")
    return (1...max(1, names.count)).flatMap { choices(of: $0, from: names[...]) }
  }

  /// One name for a subset: `ct+mri`.
  public static func title(of subset: [String]) -> String { subset.joined(separator: "+") }

  private static func choices(of count: Int, from names: ArraySlice<String>) -> [[String]] {
    guard count > 0 else { return [[]] }
    guard let first = names.first, names.count >= count else { return [] }
    let rest = names.dropFirst()
    return choices(of: count - 1, from: rest).map { [first] + $0 }
      + choices(of: count, from: rest)
  }
}
