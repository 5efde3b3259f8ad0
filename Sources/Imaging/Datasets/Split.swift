/// The `"split"` of a description: `{"folds": [["a", "b"], …], "test": ["c"]}`.
struct Split {
  /// The validation cases of each fold, or `nil` to divide the cases by a seed.
  let folds: [[String]]?

  /// The cases that training must not see.
  let test: [String]

  /// Reads and checks the split of `file`, whose cases are `cases`.
  init(_ file: DescriptionFile, cases: Set<String>) throws(ImagingError) {
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
    for name in test + (folds ?? []).joined() where !cases.contains(name) {
      throw .unknownSplitCase(file: file.path, name: name)
    }
    let held = Set(test)
    if let both = (folds ?? []).joined().first(where: held.contains) {
      throw file.bad(
        "split", expected: "test cases that are in no fold", found: .string(both))
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
