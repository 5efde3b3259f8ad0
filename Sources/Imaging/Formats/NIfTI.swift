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
    var raw = cnifti_header()
    try check(cnifti_read_header(headerPath, &raw), path: headerPath)
    let voxelPath = raw.is_pair != 0 ? try NIfTIPair.voxelPath(for: headerPath) : headerPath
    let offset = try voxelOffset(raw, path: headerPath)
    let header = try NIfTIHeader(
      raw, at: headerPath, voxelFile: .init(path: voxelPath, offset: offset))
    try checkRoom(for: header)
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
    let header = try readHeader(at: path)
    let (slope, intercept) = (header.slope, header.intercept)
    var voxels: [Float] = []
    try header.forEachBlock(ofFrame: frame, at: path) { block in
      voxels.append(contentsOf: block.lazy.map { Float($0 * slope + intercept) })
    }
    return Scan(volume: Volume(geometry: header.geometry, voxels: voxels), header: header)
  }

  /// Reads a label map; values within 0.001 of a whole number from 0 to 65535 are rounded.
  ///
  /// - Throws: ``ImagingError``, ``ImagingError/badLabels(path:description:)`` for other values.
  public static func readLabels(
    at path: String, frame: Int? = nil
  ) throws(ImagingError) -> LabelMap {
    let header = try readHeader(at: path)
    let (slope, intercept) = (header.slope, header.intercept)
    var labels = LabelCollector()
    try header.forEachBlock(ofFrame: frame, at: path) { block in
      for value in block { labels.append(value * slope + intercept) }
    }
    return try labels.labelMap(on: header.geometry, path: path)
  }

  /// Turns what CNIfTI says into an error.
  static func check(_ status: cnifti_status, path: String) throws(ImagingError) {
    switch status {
    case CNIFTI_DONE:
      return
    case CNIFTI_ANALYZE:
      throw .unsupported(
        path: path, found: "an Analyze 7.5 header, which does not say where left and right are",
        advice: "Convert it to NIfTI with a tool that knows its orientation.")
    case CNIFTI_FOREIGN:
      throw .unsupported(
        path: path, found: "something that does not begin as NIfTI does",
        advice: "Check the file, or convert it to .nii.gz.")
    default:
      throw .unreadable(path: path, reason: String(cString: cnifti_last_error()))
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

  /// Compares what a header promises with what its file can hold.
  private static func checkRoom(for header: NIfTIHeader) throws(ImagingError) {
    let path = header.voxelFile.path
    let facts = try FileFacts.of(path)
    let room = max(0, facts.largestContent - header.voxelFile.offset)
    let voxels = header.geometry.voxelCount * header.frames
    let wanted = voxels * Int(cnifti_bytes_per_number(header.dataType))
    if wanted > room {
      guard facts.isCompressed else {
        throw .truncated(path: path, expected: wanted, found: room)
      }
      throw .absurdSize(
        path: path,
        description: "\(voxels) voxels of \(header.typeName) are \(wanted) bytes, and a compressed "
          + "file of \(facts.byteCount) bytes can hold at most \(room)")
    }
    let needed = UInt64(header.geometry.voxelCount) * UInt64(MemoryLayout<Float>.stride)
    guard needed < ProcessInfo.processInfo.physicalMemory else {
      throw .unreadable(
        path: path, reason: "its \(header.geometry.voxelCount) voxels do not fit in memory")
    }
  }
}
