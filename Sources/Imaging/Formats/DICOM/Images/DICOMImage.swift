/// The pictures of one DICOM file, described but not decoded.
struct DICOMImage {
  let path: String
  let format: DICOMPixelFormat
  let slices: [DICOMSlice]

  /// What the file says of itself.
  let identity: DICOMIdentity

  /// What turns counts or activity into uptake, for positron emission tomography.
  let uptake: DICOMUptake

  /// Why lengths in the pictures are known, or are not.
  let calibration: DICOMCalibration

  /// The rows of numbers that stand for stored ones, where a table scales them.
  let table: ModalityTable?

  /// Describes the pictures of `file`.
  ///
  /// - Throws: ``ImagingError``.
  init(_ file: DICOMFile) throws(ImagingError) {
    path = file.path
    format = try DICOMPixelFormat(file)
    identity = DICOMIdentity(file.dataset)
    try identity.refuseUnreadKinds(file.path)
    uptake = DICOMUptake(file.dataset)
    calibration = DICOMCalibration(file.dataset, columns: format.columns, rows: format.rows)
    table = try ModalityTable(file)
    let groups = DICOMFunctionalGroups(file.dataset)
    let count = try Self.count(file, format, groups)
    let reading = SliceReading(
      file: file, groups: groups, count: count, spacing: calibration.spacing)
    var slices: [DICOMSlice] = []
    for index in 0..<count { slices.append(try reading.slice(index)) }
    self.slices = slices
  }

  /// How many pictures there are, checked against what the file has room for.
  private static func count(
    _ file: DICOMFile, _ format: DICOMPixelFormat, _ groups: DICOMFunctionalGroups
  ) throws(ImagingError) -> Int {
    let text = file.dataset.text(.numberOfFrames)
    guard let count = text == nil ? 1 : file.dataset.integerText(.numberOfFrames), count > 0 else {
      throw .absurdSize(
        path: file.path, description: "Number of Frames is \(text?.prefix(32) ?? "")")
    }
    if let pixels = file.pixels, pixels.length != nil {
      let there =
        file.encoding.isDeflated
        ? FileFacts.largestContent(ofPacked: file.byteCount) : file.byteCount - pixels.offset
      try DICOMPixels.checkLength(format, count, pixels, there: there, file.path)
    }
    // A compressed picture takes at least its eight bytes of tag and length.
    guard count <= file.byteCount / 8 || file.pixels?.length != nil else {
      throw .absurdSize(
        path: file.path, description: "\(count) pictures are claimed in \(file.byteCount) bytes")
    }
    guard groups.count == 0 || groups.count == count else {
      throw .unreadable(
        path: file.path,
        reason: "it holds \(count) pictures and describes the places of \(groups.count)")
    }
    return count
  }
}

/// Takes what is said of each picture out of a file.
private struct SliceReading {
  let file: DICOMFile
  let groups: DICOMFunctionalGroups
  let count: Int
  let spacing: SIMD2<Double>?

  /// A position further from zero than that, in millimetres, is none.
  private static let farthest = 1e7

  func slice(_ index: Int) throws(ImagingError) -> DICOMSlice {
    let transformation = groups.holder(
      of: .rescaleSlope, in: [.pixelValueTransformationSequence], index)
    let slope = try number(.rescaleSlope, of: transformation, "Rescale Slope")
    let intercept = try number(.rescaleIntercept, of: transformation, "Rescale Intercept")
    let dose = try number(.doseGridScaling, of: file.dataset, "Dose Grid Scaling")
    guard slope != 0 else { throw damaged("its Rescale Slope is 0") }
    let measures = groups.holder(of: .pixelSpacing, in: [.pixelMeasuresSequence], index)
    return DICOMSlice(
      frame: index, plane: try plane(index), spacing: try distance(measures),
      thickness: thickness(index), slope: slope ?? dose ?? 1, intercept: intercept ?? 0,
      keys: DICOMSliceKey.values(file.dataset, groups, index),
      stack: groups.group(.frameContentSequence, index)?.text(.stackID))
  }

  private func number(
    _ tag: DICOMTag, of dataset: DICOMDataset, _ name: String
  ) throws(ImagingError) -> Double? {
    guard let text = dataset.text(tag) else { return nil }
    guard let number = dataset.decimal(tag) else {
      throw damaged("its \(name) is \"\(text.prefix(32))\", which is not a number")
    }
    return number
  }

  /// The distance of columns, then of rows; DICOM gives that of rows first.
  private func distance(_ measures: DICOMDataset) throws(ImagingError) -> SIMD2<Double>? {
    guard let text = measures.text(.pixelSpacing) else { return spacing }
    guard let numbers = measures.decimals(.pixelSpacing), numbers.count == 2,
      numbers[0] > 0, numbers[1] > 0
    else { throw damaged("its Pixel Spacing is \"\(text.prefix(48))\", which is not two lengths") }
    return [numbers[1], numbers[0]]
  }

  private func thickness(_ index: Int) -> Double? {
    let gap = groups.holder(of: .spacingBetweenSlices, in: [.pixelMeasuresSequence], index)
      .decimal(.spacingBetweenSlices)
    let thickness = groups.holder(of: .sliceThickness, in: [.pixelMeasuresSequence], index)
      .decimal(.sliceThickness)
    return [gap, thickness].compactMap(\.self).map(abs).first { $0 > 0 }
  }

  private func plane(_ index: Int) throws(ImagingError) -> DICOMPlane? {
    var position = try vector(.imagePositionPatient, [.planePositionSequence], index)
    if position == nil {
      position = try vector(.imagePositionVolume, [.planePositionVolumeSequence], index)
    }
    var directions = try numbers(
      .imageOrientationPatient, [.planeOrientationSequence], index, count: 6)
    if directions == nil {
      directions = try numbers(
        .imageOrientationVolume, [.planeOrientationVolumeSequence], index, count: 6)
    }
    guard let position, let directions else { return nil }
    guard let plane = DICOMPlane(position: position, orientation: directions) else {
      throw damaged("its orientation is not two directions at right angles")
    }
    guard count > 1, groups.count == 0 else { return plane }
    guard let offsets = try offsets() else { return nil }
    // Relative to the first picture, or places along an axis, the first of which is then not 0.
    return plane.moved(by: plane.normal * (offsets[index] - offsets[0]))
  }

  /// How far the pictures of a file without groups lie from the first, in millimetres.
  private func offsets() throws(ImagingError) -> [Double]? {
    if let offsets = file.dataset.decimals(.gridFrameOffsetVector) {
      guard offsets.count == count, offsets.allSatisfy({ abs($0) < Self.farthest }) else {
        throw damaged("it holds \(count) pictures and gives the places of \(offsets.count)")
      }
      return offsets
    }
    guard file.dataset.text(.modality) == "NM",
      let gap = file.dataset.decimal(.spacingBetweenSlices), gap != 0, abs(gap) < Self.farthest
    else { return nil }
    return (0..<count).map { Double($0) * gap }
  }

  private func vector(
    _ tag: DICOMTag, _ names: [DICOMTag], _ index: Int
  ) throws(ImagingError) -> SIMD3<Double>? {
    guard let numbers = try numbers(tag, names, index, count: 3) else { return nil }
    guard numbers.allSatisfy({ abs($0) < Self.farthest }) else {
      throw damaged("its position is more than \(Int(Self.farthest / 1e6)) km from zero")
    }
    return [numbers[0], numbers[1], numbers[2]]
  }

  private func numbers(
    _ tag: DICOMTag, _ names: [DICOMTag], _ index: Int, count: Int
  ) throws(ImagingError) -> [Double]? {
    let detector = file.dataset.items(.detectorInformationSequence).first
    var holder = groups.holder(of: tag, in: names, index)
    if holder.bytes(tag) == nil, let detector { holder = detector }
    guard let bytes = holder.bytes(tag) else { return nil }
    // Volume positions are binary numbers, the patient's are text.
    let isBinary = tag == .imagePositionVolume || tag == .imageOrientationVolume
    let numbers = isBinary ? holder.doubles(tag) : holder.decimals(tag)
    guard let numbers, numbers.count == count, numbers.allSatisfy(\.isFinite) else {
      throw damaged(
        "its \(count == 3 ? "position" : "orientation"), of \(bytes.count) bytes, is not \(count) "
          + "numbers")
    }
    return numbers
  }

  private func damaged(_ reason: String) -> ImagingError {
    .unreadable(path: file.path, reason: reason)
  }
}
