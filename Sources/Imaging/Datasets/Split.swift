/// The `"split"` of a description: `{"folds": [["a", "b"], …], "test": ["c"]}`. What it names is what
/// stands for `{case}`, so all scans of a patient are in the same part.
struct Split {
  /// The validation cases of each fold, or `nil` to divide the cases by a seed.
  let folds: [[String]]?

  /// The cases that training must not see.
  let test: [String]

  /// Reads and checks the split of `file`, whose cases are `cases`.
  init(_ file: DescriptionFile, cases: [CaseFiles]) throws(ImagingError) {
    guard file.top["split"] != nil else {
      (folds, test) = (nil, [])
      return
    }
    let split = try file.object("split")
    try file.refuseUnknownKeys(of: split, place: "in \"split\"", known: ["folds", "test"])
    test =
      try split["test"].map { (value) throws(ImagingError) in
        try file.strings(value, key: "split: test")
      } ?? []
    folds = try Self.folds(split["folds"], in: file)
    let known = Set(cases.map(\.patient))
    for name in test + (folds ?? []).joined() where !known.contains(name) {
      throw .unknownSplitCase(file: file.path, name: name)
    }
    let held = Set(test)
    if let both = (folds ?? []).joined().first(where: held.contains) {
      throw file.bad(
        "split", expected: "test cases that are in no fold", found: .string(both))
    }
    let labelled = cases.filter { $0.labels != nil && !held.contains($0.patient) }
    try Self.check(folds ?? [], of: Set(labelled.map(\.patient)), in: file)
  }

  /// Refuses folds that leave nothing to validate on or nothing to learn from, and those that share
  /// a case.
  private static func check(
    _ folds: [[String]], of labelled: Set<String>, in file: DescriptionFile
  ) throws(ImagingError) {
    var seen: Set<String> = []
    for (number, fold) in folds.enumerated() {
      let key = "split: folds: \(number)"
      if let twice = fold.first(where: { !seen.insert($0).inserted }) {
        throw file.bad(key, expected: "cases that stand in no other place", found: .string(twice))
      }
      guard !fold.isEmpty else {
        throw file.bad(key, expected: "at least one case", found: .string("[]"))
      }
      guard !labelled.isSubset(of: fold) else {
        throw file.bad(
          key, expected: "a part of the labelled cases, so that others are left to learn from",
          found: .string("all \(labelled.count)"))
      }
    }
  }

  private static func folds(
    _ value: JSONValue?, in file: DescriptionFile
  ) throws(ImagingError) -> [[String]]? {
    guard let value else { return nil }
    guard case .array(let lists) = value, !lists.isEmpty else {
      throw file.bad(
        "split: folds", expected: "a list of lists of case names", found: value)
    }
    var folds: [[String]] = []
    for list in lists {
      folds.append(try file.strings(list, key: "split: folds"))
    }
    return folds
  }
}
