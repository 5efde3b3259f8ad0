/// Finds the cases of a dataset by matching file patterns against what is on disk.
struct CaseListing {
  /// The folder the patterns are relative to.
  let root: String

  /// A pattern per modality.
  var images: [String: FilePattern]

  /// The pattern of the labels, where there are any.
  var labels: FilePattern?

  /// The patterns of the labels of each modality, for scans that share no space.
  var ownLabels: [String: FilePattern] = [:]

  /// Which volume of label files that hold several.
  var labelFrame: Int?

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
      CaseFiles(name: name, images: files, labels: labelFile(ofCase: name, by: labels))
    }
  }

  /// A case per scan, `PATIENT.MODALITY`, with the labels of its modality, by name.
  ///
  /// - Throws: ``ImagingError/badDataset(path:problem:advice:)`` when two scans would have one name.
  func scans() throws(ImagingError) -> [CaseFiles] {
    var found: [String: CaseFiles] = [:]
    for (modality, pattern) in images.sorted(by: { $0.key < $1.key }) {
      for patient in try pattern.cases(in: root).sorted() {
        let scan = CaseFiles(
          name: "\(patient).\(modality)", patient: patient,
          images: [modality: FileReference(path: pattern.path(ofCase: patient, root: root))],
          labels: labelFile(ofCase: patient, by: ownLabels[modality]))
        if let other = found.updateValue(scan, forKey: scan.name) {
          throw .badDataset(
            path: root,
            problem: "two scans would be called '\(scan.name)': those of the patients "
              + "'\(other.patient)' and '\(patient)'",
            advice: "Rename a modality, so that no name ends like another's.")
        }
      }
    }
    return found.values.sorted { $0.name < $1.name }
  }

  /// The label file of a case, where there is one.
  private func labelFile(ofCase name: String, by pattern: FilePattern?) -> FileReference? {
    guard let path = pattern?.path(ofCase: name, root: root), FilePattern.isPresent(path) else {
      return nil
    }
    return FileReference(path: path, frame: labelFrame)
  }
}
