/// A PNG picture that has been opened: one slice of voxels of a millimetre, as a radiologist looks
/// at it.
final class PNGReader: ScanReader {
  let path: String
  let geometry: Geometry
  let frames = 1
  let type: VoxelType
  private let picture: PNGImage

  /// Reads the picture at `path`.
  ///
  /// - Throws: ``ImagingError``.
  init(_ path: String) throws(ImagingError) {
    self.path = path
    picture = try PNG.read(at: path)
    type = [picture].storedType
    geometry = Geometry(
      size: [picture.width, picture.height, 1], spacing: .one, direction: .radiological)
  }

  func read(frame: Int, threads: Int?) throws(ImagingError) -> StoredVolume {
    [picture].stored(on: geometry)
  }

  func readLabels(frame: Int, threads: Int?) throws(ImagingError) -> LabelMap {
    LabelMap(geometry: geometry, voxels: try PNG.readLabels(at: path).pixels)
  }
}

/// A folder of PNG slices that has been opened.
final class PNGStackReader: ScanReader {
  let path: String
  let geometry: Geometry
  let frames = 1
  let type: VoxelType
  private let slices: [PNGImage]

  /// Reads the pictures in the folder at `path`.
  ///
  /// - Throws: ``ImagingError``.
  init(_ path: String) throws(ImagingError) {
    self.path = path
    slices = try PNGStack.readSlices(in: path, PNG.read(at:))
    geometry = try PNGStack.geometry(of: slices, in: path, spacing: .one)
    type = slices.storedType
  }

  func read(frame: Int, threads: Int?) throws(ImagingError) -> StoredVolume {
    slices.stored(on: geometry)
  }

  func readLabels(frame: Int, threads: Int?) throws(ImagingError) -> LabelMap {
    try PNGStack.readLabels(at: path)
  }
}

extension [PNGImage] {
  /// Grey values keep their 8 or 16 bits; the brightness of colours is a float.
  var storedType: VoxelType {
    guard allSatisfy(\.isGrey) else { return .float32 }
    return allSatisfy { $0.maximum == 255 } ? .uint8 : .uint16
  }

  /// The slices one after the other as a volume of ``storedType``.
  func stored(on geometry: Geometry) -> StoredVolume {
    switch storedType {
    case .uint8:
      StoredVolume(geometry: geometry, numbers: flatMap(\.grey).map { UInt8($0) })
    case .uint16:
      StoredVolume(geometry: geometry, numbers: flatMap(\.grey))
    default:
      StoredVolume(geometry: geometry, numbers: flatMap(\.luma))
    }
  }
}
