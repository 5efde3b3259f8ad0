internal import CNIfTI
import Foundation

extension NIfTI {
  /// Writes a volume as float32 to a `.nii` or `.nii.gz`.
  ///
  /// - Parameters:
  ///   - volume: What to write.
  ///   - path: Where; an existing file is replaced once the new one is whole.
  ///   - like: The header of a file on the same grid, whose orientation fields and units are copied
  ///     bit for bit. When its grid is another one, only its units are.
  ///   - threads: How many threads deflate; `nil` for one per core.
  /// - Throws: ``ImagingError/writeFailed(path:reason:)``, or
  ///   ``ImagingError/unwritable(path:reason:advice:)`` for another name.
  public static func write(
    _ volume: Volume<Float>, to path: String, like: NIfTIHeader? = nil, threads: Int? = nil
  ) throws(ImagingError) {
    let header = rawHeader(for: volume.geometry, type: .float32, like: like)
    try replace(path, with: header, volume.voxels, threads)
  }

  /// Writes a label map to a `.nii` or `.nii.gz`, as uint8 when all values fit and else as uint16.
  ///
  /// - Parameters:
  ///   - labels: What to write.
  ///   - path: Where; an existing file is replaced once the new one is whole.
  ///   - like: As for a volume.
  ///   - threads: How many threads deflate; `nil` for one per core.
  /// - Throws: ``ImagingError/writeFailed(path:reason:)``.
  public static func write(
    _ labels: LabelMap, to path: String, like: NIfTIHeader? = nil, threads: Int? = nil
  ) throws(ImagingError) {
    if labels.voxels.allSatisfy({ $0 <= UInt8.max }) {
      let header = rawHeader(for: labels.geometry, type: .uint8, like: like)
      try replace(path, with: header, labels.voxels.map(UInt8.init(truncatingIfNeeded:)), threads)
    } else {
      let header = rawHeader(for: labels.geometry, type: .uint16, like: like)
      try replace(path, with: header, labels.voxels, threads)
    }
  }

  /// Writes the stored numbers of a volume to a `.nii` or `.nii.gz`, in their type and with their
  /// scaling.
  ///
  /// - Parameters:
  ///   - volume: What to write.
  ///   - path: Where; an existing file is replaced once the new one is whole.
  ///   - like: As for a volume.
  ///   - threads: How many threads deflate; `nil` for one per core.
  /// - Throws: ``ImagingError/writeFailed(path:reason:)``.
  public static func write(
    _ volume: StoredVolume, to path: String, like: NIfTIHeader? = nil, threads: Int? = nil
  ) throws(ImagingError) {
    var header = rawHeader(for: volume.geometry, type: volume.type, like: like)
    (header.scl_slope, header.scl_inter) = (volume.slope, volume.intercept)
    try replace(path, with: header, volume.bytes, threads)
  }

  private static func replace<Scalar>(
    _ path: String, with header: cnifti_header, _ voxels: [Scalar], _ threads: Int?
  ) throws(ImagingError) {
    try replace(path, with: header, threads) { body in voxels.withUnsafeBytes(body) }
  }

  private static func replace(
    _ path: String, with header: cnifti_header, _ voxels: VoxelBytes, _ threads: Int?
  ) throws(ImagingError) {
    try replace(path, with: header, threads, voxels: voxels.withBytes)
  }

  /// Writes under a temporary name first. `voxels` lends its bytes.
  private static func replace(
    _ path: String, with header: cnifti_header, _ threads: Int?,
    voxels: ((UnsafeRawBufferPointer) -> Int32) -> Int32
  ) throws(ImagingError) {
    let name = path.lowercased()
    guard name.hasSuffix(".nii") || name.hasSuffix(".nii.gz") else {
      throw .unwritable(
        path: path, reason: "the name of a NIfTI file ends with .nii or .nii.gz",
        advice: "Choose such a name.")
    }
    try AtomicFile.replace(path) { temporary throws(ImagingError) in
      try store(
        header, voxels, at: temporary, isCompressed: name.hasSuffix(".gz"), threads: threads,
        reportedPath: path)
    }
  }

  /// Writes right to `path`; errors name `reportedPath`.
  static func store(
    _ header: cnifti_header, _ voxels: ((UnsafeRawBufferPointer) -> Int32) -> Int32,
    at path: String, isCompressed: Bool, threads: Int? = nil, reportedPath: String
  ) throws(ImagingError) {
    var header = header
    var start = [UInt8](repeating: 0, count: Int(cnifti_header_bytes))
    let length = Int(cnifti_fill_header(&header, &start))
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else {
      throw .writeFailed(path: reportedPath, reason: systemReason(errno))
    }
    let error = start[..<length].withUnsafeBytes { beginning in
      voxels { bytes in
        isCompressed
          ? GzipFile.write([beginning, bytes], to: descriptor, threads: threads)
          : [beginning, bytes].reduce(0) { error, part in
            error == 0 ? AtomicFile.writeAll(part, to: descriptor) : error
          }
      }
    }
    // Closing may be the first to tell that the disk is full.
    guard close(descriptor) == 0, error == 0 else {
      throw .writeFailed(path: reportedPath, reason: systemReason(error == 0 ? errno : error))
    }
  }
}
