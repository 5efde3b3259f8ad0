/// One scan, or labels, on the way from where they are to a dataset.
struct ImportItem {
  private let item: ImportPlan.Item
  private let plan: ImportPlan

  init(_ item: ImportPlan.Item, plan: ImportPlan) {
    self.item = item
    self.plan = plan
  }

  /// What has been written.
  struct Written {
    /// The values of labels.
    var labels: Set<Int> = []

    /// How the axes of a scan fail to be at right angles.
    var skew: Direction.Skew?
  }

  /// Reads and writes it.
  ///
  /// - Throws: ``ImagingError``.
  func write(to path: String) throws(ImagingError) -> Written {
    guard !item.candidate.isLabels else {
      let labels = try labels()
      try NIfTI.write(plan.options.isOrthonormalized ? labels.orthonormalized : labels, to: path)
      return Written(labels: Set(labels.distinctValues))
    }
    switch item.candidate.source {
    case .stack(let images, let members):
      return try write(reader(images, members), to: path)
    case .file(let file):
      return try write(ScanFile.open(file), to: path)
    case .structures:
      return Written()
    }
  }

  /// Writes a scan, its axes as they are or as they are asked for.
  private func write(
    _ reader: any ScanReader, to path: String
  ) throws(ImagingError) -> Written {
    let volume = try reader.read(frame: reader.choose(nil))
    let skew = volume.geometry.direction.skew
    if skew != nil, plan.options.isOrthonormalized {
      try NIfTI.write(volume.moved(to: volume.geometry.orthonormalized), to: path)
    } else {
      try NIfTI.write(volume, to: path, like: reader.header)
    }
    return Written(skew: skew)
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
