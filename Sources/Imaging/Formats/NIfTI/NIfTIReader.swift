/// A NIfTI file that has been opened.
final class NIfTIReader: ScanReader {
  let path: String
  let header: NIfTIHeader?
  let geometry: Geometry
  let frames: Int
  let type: VoxelType
  private let slope: Double
  private let intercept: Double
  private let source: VoxelSource

  /// Reads the header of the file at `path`.
  ///
  /// - Throws: ``ImagingError``.
  init(_ path: String) throws(ImagingError) {
    let header = try NIfTI.readHeader(at: path)
    self.path = path
    self.header = header
    (geometry, frames, type) = (header.geometry, header.frames, header.type)
    (slope, intercept) = (header.slope, header.intercept)
    source = VoxelSource(
      [(header.voxelFile, geometry.voxelCount * frames)], type: type, isSwapped: header.isSwapped)
  }

  func read(frame: Int, threads: Int?) throws(ImagingError) -> StoredVolume {
    let count = geometry.voxelCount
    let bytes = try source.read(frame * count..<(frame + 1) * count, threads: threads)
    return StoredVolume(
      geometry: geometry, type: type, bytes: bytes, slope: slope, intercept: intercept)
  }
}
