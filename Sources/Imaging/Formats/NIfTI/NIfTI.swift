internal import CNIfTI
import Foundation

/// NIfTI-1 and NIfTI-2 files: `.nii`, `.nii.gz`, and pairs of `.hdr` and `.img`, compressed or not.
public enum NIfTI {
  /// Reads the header of a file, and checks that the file can hold what it promises.
  ///
  /// - Throws: ``ImagingError``; a header is refused before memory is taken for its voxels.
  public static func readHeader(at path: String) throws(ImagingError) -> NIfTIHeader {
    let headerPath = try NIfTIPair.headerPath(for: path)
    _ = try FileFacts.of(headerPath)
    let raw = try parse(headerPath)
    let voxelPath = raw.is_pair != 0 ? try NIfTIPair.voxelPath(for: headerPath) : headerPath
    let file = VoxelFile(
      path: voxelPath, packing: try FileFacts.of(voxelPath).isCompressed ? .gzip : .plain,
      offset: try voxelOffset(raw, path: headerPath))
    let header = try NIfTIHeader(raw, at: headerPath, voxelFile: file)
    try file.checkRoom(for: header.geometry.voxelCount * header.frames, of: header.type)
    try header.geometry.checkFitsInMemory(
      at: file.path, bytes: header.geometry.voxelCount * header.type.byteCount)
    try header.geometry.checkPlausible(at: headerPath)
    return header
  }

  /// Reads a volume, with the file's scaling applied.
  ///
  /// - Parameters:
  ///   - path: A `.nii`, `.nii.gz`, `.hdr` or `.img`.
  ///   - frame: Which of several volumes, from 0; a file with one needs none.
  /// - Throws: ``ImagingError``, ``ImagingError/frameNeeded(path:frames:)`` among them.
  public static func read(at path: String, frame: Int? = nil) throws(ImagingError) -> Scan {
    try NIfTIReader(path).scan(frame: frame)
  }

  /// Reads a label map; values within 0.001 of a whole number from 0 to 65535 are rounded.
  ///
  /// - Throws: ``ImagingError``, ``ImagingError/badLabels(path:description:)`` for other values.
  public static func readLabels(
    at path: String, frame: Int? = nil
  ) throws(ImagingError) -> LabelMap {
    let reader = try NIfTIReader(path)
    return try reader.readLabels(frame: reader.choose(frame))
  }

  /// Whether a file that begins so is NIfTI, or Analyze, which is refused by name.
  static func recognizes(_ start: [UInt8]) -> Bool {
    var raw = cnifti_header()
    return cnifti_parse_header(start, Int64(start.count), &raw) != CNIFTI_FOREIGN
  }

  private static func parse(_ path: String) throws(ImagingError) -> cnifti_header {
    let start = try PackedStream.start(of: path, count: cnifti_header_bytes)
    var raw = cnifti_header()
    switch cnifti_parse_header(start, Int64(start.count), &raw) {
    case CNIFTI_DONE:
      return raw
    case CNIFTI_ANALYZE:
      throw .unsupported(
        path: path, found: "an Analyze 7.5 header, which does not say where left and right are",
        advice: "Convert it to NIfTI with a tool that knows its orientation.")
    case CNIFTI_TRUNCATED:
      throw .unreadable(path: path, reason: "it ends inside its header")
    default:
      throw .unsupported(
        path: path, found: "something that does not begin as NIfTI does",
        advice: "Check the file, or convert it to .nii.gz.")
    }
  }

  /// The byte at which the voxels begin; 0 stands for right after the header.
  private static func voxelOffset(_ raw: cnifti_header, path: String) throws(ImagingError) -> Int {
    let smallest = raw.is_pair != 0 ? 0 : raw.version == 2 ? 544 : 352
    guard raw.vox_offset != 0 else { return smallest }
    guard raw.vox_offset >= Double(smallest), raw.vox_offset < 0x1p53 else {
      throw .absurdSize(
        path: path, description: "its voxels begin at byte \(raw.vox_offset) of the file")
    }
    return Int(raw.vox_offset)
  }
}
