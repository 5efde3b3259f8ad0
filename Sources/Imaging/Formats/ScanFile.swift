/// Any scan that is read: a folder of PNG slices, one PNG picture, or a NIfTI file.
public enum ScanFile {
  /// Reads a volume.
  ///
  /// - Parameters:
  ///   - path: A folder of `.png` files, a `.png`, or a NIfTI file.
  ///   - frame: Which of several volumes, from 0; a file with one needs none.
  /// - Throws: ``ImagingError``.
  public static func read(at path: String, frame: Int? = nil) throws(ImagingError) -> Scan {
    switch Kind(path) {
    case .nifti:
      return try NIfTI.read(at: path, frame: frame)
    case .stack:
      try checkSingle(frame, path)
      return try PNGStack.read(at: path)
    case .picture:
      try checkSingle(frame, path)
      let picture = try PNG.read(at: path)
      return Scan(volume: Volume(geometry: picture.geometry, voxels: picture.luma))
    }
  }

  /// Reads a label map.
  ///
  /// - Parameters:
  ///   - path: A folder of `.png` files, a `.png`, or a NIfTI file.
  ///   - frame: Which of several volumes, from 0; a file with one needs none.
  /// - Throws: ``ImagingError``.
  public static func readLabels(
    at path: String, frame: Int? = nil
  ) throws(ImagingError) -> LabelMap {
    switch Kind(path) {
    case .nifti:
      return try NIfTI.readLabels(at: path, frame: frame)
    case .stack:
      try checkSingle(frame, path)
      return try PNGStack.readLabels(at: path)
    case .picture:
      try checkSingle(frame, path)
      let picture = try PNG.readLabels(at: path)
      return LabelMap(geometry: picture.geometry, voxels: picture.pixels)
    }
  }

  private enum Kind {
    case nifti, picture, stack

    init(_ path: String) {
      if FileFacts.isFolder(path) {
        self = .stack
      } else {
        self = path.lowercased().hasSuffix(".png") ? .picture : .nifti
      }
    }
  }

  /// A picture and a stack are one volume.
  private static func checkSingle(_ frame: Int?, _ path: String) throws(ImagingError) {
    if let frame, frame != 0 { throw .badFrame(path: path, frame: frame, frames: 1) }
  }
}

extension PNGImage {
  /// One slice of voxels of a millimetre, as a radiologist looks at it.
  fileprivate var geometry: Geometry {
    Geometry(size: [width, height, 1], spacing: .one, direction: .radiological)
  }
}
