/// One scan, or labels, on the way from where they are to a dataset.
struct ImportItem {
  private let item: ImportPlan.Item
  private let plan: ImportPlan

  init(_ item: ImportPlan.Item, plan: ImportPlan) {
    self.item = item
    self.plan = plan
  }

  /// Reads and writes it; the values of labels are returned.
  ///
  /// - Throws: ``ImagingError``.
  func write(to path: String) throws(ImagingError) -> Set<Int> {
    if item.candidate.isLabels {
      let labels = try labels()
      try NIfTI.write(labels, to: path)
      return Set(labels.distinctValues)
    }
    switch item.candidate.source {
    case .stack(let images, let members):
      let reader = try reader(images, members)
      try NIfTI.write(reader.read(frame: reader.choose(nil)), to: path)
    case .file(let file):
      let reader = try ScanFile.open(file)
      try NIfTI.write(reader.read(frame: reader.choose(nil)), to: path, like: reader.header)
    case .structures:
      break
    }
    return []
  }

  /// The series; what errors name is what the report calls it.
  private func reader(
    _ images: [DICOMImage], _ members: [DICOMStack.Member]
  ) throws(ImagingError) -> DICOMReader {
    var options = plan.options.dicom
    options.isUptake = options.isUptake && images[0].identity.modality == "PT"
    return try DICOMReader(
      images, members, options: options, path: "\(item.role) of \(item.caseName)")
  }

  private func labels() throws(ImagingError) -> LabelMap {
    switch item.candidate.source {
    case .file(let file):
      return plan.labels.map(try ScanFile.readLabels(at: file))
    case .structures(let structures):
      let painted = structures.regions.compactMap { region in
        plan.labels.value(of: region.name).map { (region: region, label: $0) }
      }
      return try structures.labelMap(of: painted, on: try drawnGeometry()).labels
    case .stack:
      throw .unsupported(
        path: item.caseName, found: "a series in place of labels", advice: "Correct the rules.")
    }
  }

  /// The grid of the series that contours were drawn on.
  private func drawnGeometry() throws(ImagingError) -> Geometry {
    for other in plan.items where other.caseName == item.caseName {
      guard other.candidate.series == item.candidate.series,
        case .stack(let images, let members) = other.candidate.source
      else { continue }
      return try reader(images, members).geometry
    }
    throw .unsupported(
      path: "\(item.role) of \(item.caseName)", found: "contours on a series that is not taken",
      advice: "Import that series too.")
  }
}
