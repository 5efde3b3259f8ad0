/// Something that may become a scan or labels of a case.
struct ImportCandidate: Sendable {
  /// Where it comes from.
  enum Source: Sendable {
    /// Slices of a DICOM series.
    case stack(images: [DICOMImage], members: [DICOMStack.Member])

    /// Contours on a DICOM series.
    case structures(StructureSet)

    /// A file of another format, or a folder of pictures.
    case file(String)
  }

  let source: Source

  /// Tells its case from others; never shown.
  let caseKey: String

  /// The first of its paths, by which cases and candidates are ordered.
  let path: String

  let modality: Modality?

  /// Whether it is labels.
  let isLabels: Bool

  /// What the report calls it, without anything that its header or path says of a person.
  let summary: String

  /// Why it is not taken; `nil` where nothing speaks against it so far.
  var reason: String?

  /// Whether it was computed from other pictures; it is then taken only where there is no original.
  let isDerived: Bool

  /// Voxels, by which the larger of two is taken.
  let size: Int

  /// The series, which labels are matched by; empty for other formats.
  let series: String

  /// All its paths, for the private table.
  var paths: [String] {
    switch source {
    case .stack(let images, let members):
      Set(members.map(\.image)).map { images[$0].path }.sorted()
    case .structures(let structures): [structures.path]
    case .file(let path): [path]
    }
  }
}
