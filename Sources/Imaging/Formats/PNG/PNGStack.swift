import Foundation

/// A volume as a folder of PNG pictures, one per slice.
///
/// Columns are x, rows are y, and slices, in the natural order of their names, are z. Unless
/// `spacing.json` says otherwise, x points to the patient's left and y to the back, as a
/// radiologist looks at slices and as ITK reads them.
public enum PNGStack {
  /// Reads the pictures of a folder; colours become their brightness.
  ///
  /// - Parameters:
  ///   - folder: Its `.png` files are read, and `spacing.json` if there is one.
  ///   - spacing: The size of a voxel in millimetres, unless `spacing.json` says it.
  /// - Throws: ``ImagingError``.
  public static func read(
    at folder: String, spacing: SIMD3<Double> = .one
  ) throws(ImagingError) -> Scan {
    let slices = try readSlices(in: folder, PNG.read(at:))
    let geometry = try geometry(of: slices, in: folder, spacing: spacing)
    return Scan(volume: Volume(geometry: geometry, voxels: slices.flatMap(\.luma)))
  }

  /// Reads the pictures of a folder as labels: grey values, or indices where there is a palette.
  ///
  /// - Throws: ``ImagingError``.
  public static func readLabels(
    at folder: String, spacing: SIMD3<Double> = .one
  ) throws(ImagingError) -> LabelMap {
    let slices = try readSlices(in: folder, PNG.readLabels(at:))
    let geometry = try geometry(of: slices, in: folder, spacing: spacing)
    return LabelMap(geometry: geometry, voxels: slices.flatMap(\.pixels))
  }

  /// Writes a new folder with one picture per slice and a `spacing.json`.
  ///
  /// Values are rounded. The pictures have 8 bits when no value is above 255, and else 16.
  ///
  /// - Throws: ``ImagingError/unwritable(path:reason:advice:)`` for values that are not from 0 to
  ///   65535, and ``ImagingError/writeFailed(path:reason:)``, also for a folder that is not empty.
  public static func write(_ volume: Volume<Float>, to folder: String) throws(ImagingError) {
    let values = volume.voxels.map { $0.rounded() }
    guard let highest = values.max(), values.allSatisfy({ $0 >= 0 && $0 <= 65535 }) else {
      throw .unwritable(
        path: folder, reason: "a picture's values are from 0 to 65535, and the volume has others",
        advice: "Rescale the volume first.")
    }
    let size = volume.geometry.size
    try AtomicFile.replace(folder) { temporary throws(ImagingError) in
      do {
        try FileManager.default.createDirectory(
          atPath: temporary, withIntermediateDirectories: false)
      } catch {
        throw .writeFailed(path: folder, reason: ImagingError.reason(of: error))
      }
      try AtomicFile.write(
        SlicePlacement(volume.geometry).encoded(), to: temporary + "/" + SlicePlacement.fileName)
      for z in 0..<size.z {
        let slice = values[(z * size.x * size.y)..<((z + 1) * size.x * size.y)]
        let image = PNGImage(
          width: size.x, height: size.y, channels: 1, pixels: slice.map { UInt16($0) },
          maximum: highest > 255 ? 65535 : 255)
        try PNG.write(image, to: temporary + String(format: "/slice-%05d.png", z))
      }
    }
  }

  /// Whether there are `.png` files in a folder.
  static func isFolder(_ folder: String) throws(ImagingError) -> Bool {
    try Folder.names(in: folder).contains(where: isPicture)
  }

  private static func isPicture(_ name: String) -> Bool {
    name.lowercased().hasSuffix(".png") && !name.hasPrefix(".")
  }

  /// The paths of a folder's pictures in natural order.
  private static func slicePaths(in folder: String) throws(ImagingError) -> [String] {
    let slices = try Folder.names(in: folder)
      .filter(isPicture)
    guard !slices.isEmpty else {
      throw .unsupported(
        path: folder, found: "no .png files", advice: "Choose a folder of PNG slices, or a file.")
    }
    return slices.sorted(by: naturallyPrecedes).map { folder + "/" + $0 }
  }

  /// Where the slices lie: as the folder's file says, or else with the given spacing.
  static func geometry(
    of slices: [PNGImage], in folder: String, spacing: SIMD3<Double>
  ) throws(ImagingError) -> Geometry {
    let placement = try SlicePlacement.inFolder(folder) ?? SlicePlacement(spacing: spacing)
    return try placement.geometry(
      size: [slices[0].width, slices[0].height, slices.count], folder: folder)
  }

  /// Reads the slices, at least one, and demands that they agree in size and depth.
  static func readSlices(
    in folder: String, _ read: (String) throws(ImagingError) -> PNGImage
  ) throws(ImagingError) -> [PNGImage] {
    var slices: [PNGImage] = []
    for path in try slicePaths(in: folder) {
      let slice = try read(path)
      if let first = slices.first, !slice.hasForm(of: first) {
        throw .unsupported(
          path: path,
          found: "\(slice.form) where the stack's first slice holds \(first.form)",
          advice: "Give every slice the same size and depth.")
      }
      slices.append(slice)
    }
    return slices
  }
}

extension PNGImage {
  fileprivate func hasForm(of other: PNGImage) -> Bool {
    width == other.width && height == other.height && maximum == other.maximum
  }

  fileprivate var form: String {
    "\(width) × \(height) pixels of \(maximum == 255 ? 8 : 16) bits"
  }
}
