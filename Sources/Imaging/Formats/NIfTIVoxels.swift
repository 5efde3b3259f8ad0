internal import CNIfTI

extension NIfTIHeader {
  /// How many numbers are handed on at a time.
  private static let blockLength = 1 << 16

  /// Hands the stored numbers of one frame, unscaled and in order, to `body` in blocks.
  ///
  /// - Throws: ``ImagingError``, ``ImagingError/truncated(path:expected:found:)`` when the file ends
  ///   before the frame does.
  func forEachBlock(
    ofFrame frame: Int?, at path: String, _ body: (UnsafeBufferPointer<Double>) -> Void
  ) throws(ImagingError) {
    let chosen = try choose(frame, at: path)
    let width = Int(cnifti_bytes_per_number(dataType))
    let start = voxelFile.offset + chosen * geometry.voxelCount * width
    let stream = try NIfTIStream(path: voxelFile.path, offset: start)
    guard stream.reached == start else {
      throw truncated(frame: chosen, found: max(0, stream.reached - voxelFile.offset))
    }
    let block = UnsafeMutableBufferPointer<Double>.allocate(capacity: Self.blockLength)
    defer { block.deallocate() }
    var count = 0
    while count < geometry.voxelCount {
      let wanted = min(Self.blockLength, geometry.voxelCount - count)
      let found = try stream.read(wanted, of: self, into: block)
      body(UnsafeBufferPointer(rebasing: block[..<found]))
      count += found
      guard found == wanted else {
        let before = chosen * geometry.voxelCount
        throw truncated(frame: chosen, found: (before + count) * width)
      }
    }
    if chosen == frames - 1 { try stream.checkEnd() }
  }

  /// The frame to read.
  private func choose(_ frame: Int?, at path: String) throws(ImagingError) -> Int {
    guard let frame else {
      guard frames == 1 else { throw .frameNeeded(path: path, frames: frames) }
      return 0
    }
    guard (0..<frames).contains(frame) else {
      throw .badFrame(path: path, frame: frame, frames: frames)
    }
    return frame
  }

  private func truncated(frame: Int, found: Int) -> ImagingError {
    let width = Int(cnifti_bytes_per_number(dataType))
    let expected = (frame + 1) * geometry.voxelCount * width
    return .truncated(path: voxelFile.path, expected: expected, found: found)
  }
}

/// An open file of voxels.
private final class NIfTIStream {
  private let path: String
  private let pointer: OpaquePointer

  /// The byte, once decompressed, at which reading begins.
  let reached: Int

  /// Opens the file and goes to a byte of it, or as far as the file goes.
  init(path: String, offset: Int) throws(ImagingError) {
    var pointer: OpaquePointer?
    var reached: Int64 = 0
    let status = cnifti_open(path, Int64(offset), &pointer, &reached)
    guard status == CNIFTI_DONE, let pointer else {
      cnifti_close(pointer)
      throw .unreadable(path: path, reason: String(cString: cnifti_last_error()))
    }
    (self.path, self.pointer, self.reached) = (path, pointer, Int(reached))
  }

  deinit {
    cnifti_close(pointer)
  }

  /// Reads up to `count` numbers and returns how many there were.
  func read(
    _ count: Int, of header: NIfTIHeader, into block: UnsafeMutableBufferPointer<Double>
  ) throws(ImagingError) -> Int {
    var found: Int64 = 0
    try NIfTI.check(
      cnifti_read(
        pointer, header.dataType, header.isSwapped ? 1 : 0, block.baseAddress, Int64(count), &found),
      path: path)
    return Int(found)
  }

  /// Checks that the compressed stream ends soundly.
  func checkEnd() throws(ImagingError) {
    try NIfTI.check(cnifti_check_end(pointer), path: path)
  }
}
