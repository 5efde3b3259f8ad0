/// The sentences about descriptions of datasets, each in one place.
extension ImagingError {
  /// The folder or file at `path` holds no description.
  static func notADataset(folder path: String, found: String) -> ImagingError {
    .badDataset(
      path: path, problem: "looked for dataset.json, found \(found)",
      advice: "Give a folder with a dataset.json (Chiasm's, nnU-Net's or the Medical Segmentation "
        + "Decathlon's), or such a file.")
  }

  /// The description cannot be parsed at all.
  static func notJSON(file: String, reason: String) -> ImagingError {
    .badDataset(
      path: file, problem: "it cannot be read as JSON (\(reason))",
      advice: "Correct the file; comments and trailing commas are allowed.")
  }

  /// A key that nobody reads, most likely misspelt.
  static func unknownKey(
    file: String, key: String, place: String, known: [String]
  ) -> ImagingError {
    .badDataset(
      path: file, problem: "unknown key \"\(key)\" \(place)",
      advice: "Known keys are \(known.joined(separator: ", ")).")
  }

  /// A key that is needed and absent.
  static func missingKey(file: String, key: String, place: String) -> ImagingError {
    .badDataset(
      path: file, problem: "the key \"\(key)\" is missing \(place)", advice: "Add it.")
  }

  /// A key whose value is not what it must be.
  static func badValue(
    file: String, key: String, expected: String, found: String
  ) -> ImagingError {
    .badDataset(
      path: file, problem: "\"\(key)\" must be \(expected), found \(found)",
      advice: "Correct the value.")
  }

  /// A file pattern that could reach outside the dataset, or names no case.
  static func badPattern(
    file: String, key: String, pattern: String, reason: String
  ) -> ImagingError {
    .badDataset(
      path: file, problem: "the pattern \"\(pattern)\" of \(key) \(reason)",
      advice: "Write it relative to \"root\", like {case}/ct.nii.gz.")
  }

  /// The description is fine and matches no file.
  static func noCases(file: String, root: String, patterns: [String]) -> ImagingError {
    .badDataset(
      path: file,
      problem: "nothing in \(root) matches \(patterns.joined(separator: " or "))",
      advice: "Check \"root\" and the patterns.")
  }

  /// The split names a case that does not exist.
  static func unknownSplitCase(file: String, name: String) -> ImagingError {
    .badDataset(
      path: file, problem: "\"split\" names the case \"\(name)\", which has no files",
      advice: "Correct the name, or remove it.")
  }
}
