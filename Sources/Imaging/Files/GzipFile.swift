internal import CDeflate
import Foundation

/// gzip files, deflated on several threads.
///
/// The pieces are deflated side by side and put one after the other in a single member, which every
/// reader of gzip takes, those that stop after the first member too.
enum GzipFile {
  private static let pieceLength = 1 << 19

  /// Magic, deflate, no name, no time, fastest, Unix: a file does not tell when it was made.
  private static let header: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 4, 3]

  /// Writes the bytes of `parts`, one after the other, as one gzip stream.
  ///
  /// - Parameter threads: How many threads deflate; `nil` for one per core.
  /// - Returns: The system's error number, or 0.
  static func write(
    _ parts: [UnsafeRawBufferPointer], to descriptor: Int32, threads: Int? = nil
  ) -> Int32 {
    var error = header.withUnsafeBytes { AtomicFile.writeAll($0, to: descriptor) }
    let pieces = parts.flatMap(split)
    let cores = ProcessInfo.processInfo.activeProcessorCount
    let wave = Wave(width: max(1, min(pieces.count, 2 * (threads ?? cores))), threads: threads)
    var checksum: UInt32 = 0
    for start in stride(from: 0, to: pieces.count, by: wave.width) where error == 0 {
      let chosen = Array(pieces[start..<min(start + wave.width, pieces.count)])
      error = wave.deflate(chosen, isLast: start + wave.width >= pieces.count)
      for (index, piece) in chosen.enumerated() where error == 0 {
        error = AtomicFile.writeAll(wave.packed(index), to: descriptor)
        checksum = cdeflate_joined_checksum(checksum, wave.checksum(index), Int64(piece.count))
      }
    }
    guard error == 0 else { return error }
    let length = UInt32(truncatingIfNeeded: parts.reduce(0) { $0 + $1.count })
    let trailer = [checksum.littleEndian, length.littleEndian]
    return trailer.withUnsafeBytes { AtomicFile.writeAll($0, to: descriptor) }
  }

  private static func split(_ part: UnsafeRawBufferPointer) -> [UnsafeRawBufferPointer] {
    stride(from: 0, to: part.count, by: pieceLength).map { start in
      UnsafeRawBufferPointer(rebasing: part[start..<min(start + pieceLength, part.count)])
    }
  }

  /// The pieces that are deflated at one time, and the memory for their results.
  private final class Wave {
    let width: Int
    private let threads: Int?
    private let room = Int(cdeflate_bound(Int64(pieceLength)))
    private let memory: UnsafeMutableRawBufferPointer
    private let results: UnsafeMutableBufferPointer<(length: Int64, checksum: UInt32, isDone: Bool)>

    init(width: Int, threads: Int?) {
      self.width = width
      self.threads = threads
      memory = .allocate(byteCount: room * width, alignment: 64)
      results = .allocate(capacity: width)
      results.initialize(repeating: (0, 0, false))
    }

    deinit {
      memory.deallocate()
      results.deallocate()
    }

    /// Deflates up to ``width`` pieces and returns the system's error number, or 0.
    func deflate(_ pieces: [UnsafeRawBufferPointer], isLast: Bool) -> Int32 {
      // Every piece has memory and a result of its own.
      let room = room
      nonisolated(unsafe) let (memory, results, inputs) = (memory, results, pieces)
      shareOut(inputs.count, threads: threads) { index in
        let piece = inputs[index]
        let status = cdeflate_deflate(
          piece.baseAddress, Int64(piece.count), isLast && index == inputs.count - 1 ? 1 : 0,
          memory.baseAddress.map { $0 + index * room }, Int64(room), &results[index].length)
        results[index].checksum = cdeflate_checksum(piece.baseAddress, Int64(piece.count))
        results[index].isDone = status == CDEFLATE_DONE
      }
      return (0..<pieces.count).allSatisfy { results[$0].isDone } ? 0 : ENOMEM
    }

    /// What became of a piece.
    func packed(_ index: Int) -> UnsafeRawBufferPointer {
      let start = index * room
      return UnsafeRawBufferPointer(rebasing: memory[start..<start + Int(results[index].length)])
    }

    /// The checksum of a piece.
    func checksum(_ index: Int) -> UInt32 { results[index].checksum }
  }
}
