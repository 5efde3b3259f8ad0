/// Finds the cases of a dataset by matching file patterns against what is on disk.
struct CaseListing {
  /// The folder the patterns are relative to.
  let root: String

  /// A pattern per modality.
  let images: [String: FilePattern]

  /// The pattern of the labels, where there are any.
  let labels: FilePattern?

  /// Every case that has at least one image, by name.
  func cases() throws(ImagingError) -> [CaseFiles] {
    var found: [String: [String: FileReference]] = [:]
    for (modality, pattern) in images {
      for name in try pattern.cases(in: root) {
        found[name, default: [:]][modality] = FileReference(
          path: pattern.path(ofCase: name, root: root))
      }
    }
    return found.sorted { $0.key < $1.key }.map { name, files in
      let labelled = labels?.path(ofCase: name, root: root)
      return CaseFiles(
        name: name, images: files,
        labels: labelled.flatMap { FilePattern.isPresent($0) ? FileReference(path: $0) : nil })
    }
  }
}
