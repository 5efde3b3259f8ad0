/// The sets of modalities that a patient may have.
public enum ModalitySubsets {
  /// Every subset of `names` but the empty one, the smallest first; of equally large ones the one with
  /// earlier names first.
  public static func all(of names: [String]) -> [[String]] {
    precondition(names.count <= Genotype.maximumModalities, "\(names.count) modalities")
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
