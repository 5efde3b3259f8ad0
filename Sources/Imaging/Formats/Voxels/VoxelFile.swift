internal import CDeflate
import Foundation

/// A file that has voxels, or a part of them: where in the file they are, and how they are packed.
struct VoxelFile: Hashable, Sendable {
  let path: String

  /// The byte of the file where its packed content, or what is read as it is, begins.
  var start = 0

  let packing: Packing

  /// The bytes of content, once inflated, before the first voxel.
  let offset: Int

  /// How the content is packed.
  enum Packing: Hashable, Sendable {
    case plain, gzip, gzipOrZlib

    var code: cdeflate_packing {
      switch self {
      case .plain: CDEFLATE_PLAIN
      case .gzip: CDEFLATE_GZIP_OR_PLAIN
      case .gzipOrZlib: CDEFLATE_GZIP_OR_ZLIB
      }
    }
  }

  /// Compares what a header promises with what the file can hold.
  ///
  /// - Throws: ``ImagingError/truncated(path:expected:found:)``, or for a compressed file
  ///   ``ImagingError/absurdSize(path:description:)``.
  func checkRoom(for voxels: Int, of type: VoxelType) throws(ImagingError) {
    let facts = try FileFacts.of(path)
    let packed = max(0, facts.byteCount - start)
    let content = packing == .plain ? packed : FileFacts.largestContent(ofPacked: packed)
    let room = max(0, content - offset)
    let wanted = voxels * type.byteCount
    guard wanted > room else { return }
    guard packing != .plain else {
      throw .truncated(path: path, expected: wanted, found: room)
    }
    throw .absurdSize(
      path: path,
      description: "\(voxels) voxels of \(type) are \(wanted) bytes, and a compressed file of "
        + "\(facts.byteCount) bytes can hold at most \(room)")
  }

  /// Inflates the whole file at once, if it holds exactly `count` bytes of voxels and is sound.
  ///
  /// It is several times as fast as a stream. `nil` leaves it to a stream to read the file, or to
  /// say what is wrong with it.
  func inflated(count: Int, threads: Int?) throws(ImagingError) -> VoxelBytes? {
    let facts = try FileFacts.of(path)
    // Deflate hardly makes anything larger: a file much longer than its voxels holds something else.
    let longest = 2 * (offset + count) + 1 << 16
    guard packing != .plain, (1...longest).contains(facts.byteCount - start) else { return nil }
    let packed = VoxelBytes(count: facts.byteCount - start)
    let bytes = VoxelBytes(count: offset + count, skipping: offset)
    // A header that lies is not worth its memory; what shrinks more is read in no time anyhow.
    let isLikely = bytes.memory.count <= 16 * packed.memory.count
    let ready = UnsafeMutableRawBufferPointer(
      rebasing: bytes.memory[..<(isLikely ? bytes.memory.count : 0)])
    guard
      try FileBytes.read(
        path, from: start, into: packed.memory, preparing: ready, threads: threads)
    else { return nil }
    var found: Int64 = 0
    let status = cdeflate_inflate(
      packed.memory.baseAddress, Int64(packed.memory.count), packing.code,
      bytes.memory.baseAddress, Int64(bytes.memory.count), &found)
    return status == CDEFLATE_DONE && Int(found) == bytes.memory.count ? bytes : nil
  }
}
