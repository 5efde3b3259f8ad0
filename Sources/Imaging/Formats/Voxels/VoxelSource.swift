/// The voxels of a scan in its file, or in several files one after the other.
///
/// It keeps the file that was read last open, so that frames in order are read in one go.
final class VoxelSource {
  private let files: [(file: VoxelFile, voxels: Range<Int>)]
  private let type: VoxelType
  private let isSwapped: Bool
  private var open: (file: VoxelFile, stream: PackedStream)?

  /// Voxels of `type`, those of every file after those of the one before; counts are in voxels.
  init(_ files: [(file: VoxelFile, count: Int)], type: VoxelType, isSwapped: Bool) {
    var end = 0
    self.files = files.map { file, count in
      defer { end += count }
      return (file, end..<end + count)
    }
    self.type = type
    self.isSwapped = isSwapped
  }

  /// Reads voxels, in the machine's order of bytes.
  ///
  /// - Parameter threads: How many threads take part; `nil` for one per core.
  /// - Throws: ``ImagingError``, ``ImagingError/truncated(path:expected:found:)`` when a file ends
  ///   before the voxels do.
  func read(_ voxels: Range<Int>, threads: Int?) throws(ImagingError) -> VoxelBytes {
    let bytes = try readBytes(voxels, threads: threads)
    if isSwapped { bytes.swap(type, threads: threads) }
    return bytes
  }

  private func readBytes(
    _ voxels: Range<Int>, threads: Int?
  ) throws(ImagingError) -> VoxelBytes {
    if let only = files.first, files.count == 1, voxels == only.voxels,
      let bytes = try only.file.inflated(
        count: voxels.count * type.byteCount, threads: threads)
    {
      return bytes
    }
    let bytes = VoxelBytes(count: voxels.count * type.byteCount)
    for (file, own) in files where own.overlaps(voxels) {
      let wanted = own.clamped(to: voxels)
      let place = (wanted.lowerBound - voxels.lowerBound) * type.byteCount
      try read(
        wanted.lowerBound - own.lowerBound, of: file, isLast: wanted.upperBound == own.upperBound,
        into: UnsafeMutableRawBufferPointer(
          rebasing: bytes.memory[place..<place + wanted.count * type.byteCount]))
    }
    return bytes
  }

  /// Fills `bytes` from voxel `first` of a file.
  private func read(
    _ first: Int, of file: VoxelFile, isLast: Bool, into bytes: UnsafeMutableRawBufferPointer
  ) throws(ImagingError) {
    let start = first * type.byteCount
    let stream = try stream(of: file, before: file.offset + start)
    let skipped = file.offset + start - stream.position
    guard try stream.skip(skipped) == skipped else {
      throw .truncated(
        path: file.path, expected: start + bytes.count, found: max(0, stream.position - file.offset)
      )
    }
    let found = try stream.read(bytes)
    guard found == bytes.count else {
      throw .truncated(path: file.path, expected: start + bytes.count, found: start + found)
    }
    if isLast { try stream.checkEnd() }
  }

  /// The file's stream, at `position` or before it.
  private func stream(of file: VoxelFile, before position: Int) throws(ImagingError) -> PackedStream
  {
    if let open, open.file == file, open.stream.position <= position { return open.stream }
    open = nil
    let stream = try PackedStream(path: file.path, start: file.start, packing: file.packing.code)
    open = (file, stream)
    return stream
  }
}
