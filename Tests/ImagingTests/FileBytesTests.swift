import Foundation
import Testing

@testable import Imaging

struct FileBytesTests {
  private let folder: ScratchFolder

  init() throws {
    folder = try ScratchFolder()
  }

  /// Five million bytes: several large pages, wherever the memory begins.
  @Test(arguments: [1, 2, 3], [0, 7])
  func severalPiecesComeTogether(threads: Int, start: Int) throws {
    let bytes = (0..<5_000_000).map { UInt8(truncatingIfNeeded: $0 &* 2_654_435_761 >> 7) }
    let path = try folder.store(bytes, as: "a")
    let memory = VoxelBytes(count: bytes.count - start)
    let other = VoxelBytes(count: 9_000_000)
    other.memory.copyBytes(from: [1, 2, 3])
    let isWhole = try FileBytes.read(
      path, from: start, into: memory.memory, preparing: other.memory, threads: threads)
    #expect(isWhole)
    #expect(memory.withBytes { $0.elementsEqual(bytes[start...]) })
    let untouched = [1, 2, 3] + [UInt8](repeating: 0, count: 8_999_997)
    #expect(other.withBytes { $0.elementsEqual(untouched) })
  }

  @Test func aFileThatIsShorterIsNotWhole() throws {
    let path = try folder.store([1, 2, 3], as: "a")
    let memory = VoxelBytes(count: 4)
    let none = UnsafeMutableRawBufferPointer(start: nil, count: 0)
    #expect(try !FileBytes.read(path, from: 0, into: memory.memory, preparing: none, threads: nil))
    #expect(try !FileBytes.read(path, from: 9, into: memory.memory, preparing: none, threads: nil))
  }

  @Test func whatTheSystemSaysIsPassedOn() throws {
    let memory = VoxelBytes(count: 4)
    for (path, reason) in [
      (folder["none"], "No such file or directory"), (folder.path, "Is a directory"),
    ] {
      let error = imagingError {
        try FileBytes.read(
          path, from: 0, into: memory.memory, preparing: memory.memory, threads: 1)
      }
      #expect(error == .unreadable(path: path, reason: reason))
    }
  }
}
