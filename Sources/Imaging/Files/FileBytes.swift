import Foundation
import Synchronization

/// Bytes of a file, fetched on several threads.
enum FileBytes {
  /// Fills memory with the bytes of a file, and meanwhile has other memory made ready to be written.
  ///
  /// The system hands out memory when it is first touched, zeroed, which takes a single thread about
  /// as long as the fetching.
  ///
  /// - Parameters:
  ///   - start: The byte of the file where to begin.
  ///   - memory: The memory to fill.
  ///   - other: Memory that is about to be written; its contents stay as they are.
  ///   - threads: How many threads take part; `nil` for one per core.
  /// - Returns: Whether the file has as many bytes.
  /// - Throws: ``ImagingError/unreadable(path:reason:)``.
  static func read(
    _ path: String, from start: Int, into memory: UnsafeMutableRawBufferPointer,
    preparing other: UnsafeMutableRawBufferPointer, threads: Int?
  ) throws(ImagingError) -> Bool {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .unreadable(path: path, reason: systemReason(errno)) }
    defer { close(descriptor) }
    let (wanted, prepared) = (pieces(of: memory), pieces(of: other))
    let error = Atomic<Int32>(0)
    let found = Atomic(0)
    // Every piece is one thread's alone.
    nonisolated(unsafe) let (memory, other) = (memory, other)
    shareOut(wanted.count + prepared.count, threads: threads) { number in
      guard number < wanted.count else {
        let piece = other[prepared[number - wanted.count]]
        return UnsafeMutableRawBufferPointer(rebasing: piece).populate()
      }
      let piece = wanted[number]
      let bytes = UnsafeMutableRawBufferPointer(rebasing: memory[piece])
      let (count, problem) = readAll(bytes, from: descriptor, at: start + piece.lowerBound)
      found.add(count, ordering: .relaxed)
      if problem != 0 { error.store(problem, ordering: .relaxed) }
    }
    let problem = error.load(ordering: .relaxed)
    guard problem == 0 else { throw .unreadable(path: path, reason: systemReason(problem)) }
    return found.load(ordering: .relaxed) == memory.count
  }

  /// Reads until `bytes` is full or the file ends; returns how many bytes there were, and the
  /// system's error number or 0.
  private static func readAll(
    _ bytes: UnsafeMutableRawBufferPointer, from descriptor: Int32, at place: Int
  ) -> (count: Int, error: Int32) {
    var total = 0
    while total < bytes.count {
      let count = pread(
        descriptor, bytes.baseAddress.map { $0 + total }, bytes.count - total, off_t(place + total))
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { return (total, errno) }
      guard count > 0 else { break }
      total += count
    }
    return (total, 0)
  }

  /// Memory cut where its large pages begin.
  private static func pieces(of memory: UnsafeMutableRawBufferPointer) -> [Range<Int>] {
    let page = 1 << 21
    guard let start = memory.baseAddress, memory.count > 0 else { return [] }
    let first = page - Int(bitPattern: start) % page
    let cuts = [0] + Array(stride(from: first, to: memory.count, by: page)) + [memory.count]
    return zip(cuts, cuts.dropFirst()).map { $0..<$1 }
  }
}

extension UnsafeMutableRawBufferPointer {
  /// Has the system hand out this memory now, by whole pages.
  fileprivate func populate() {
    let page = Int(sysconf(Int32(_SC_PAGESIZE)))
    guard let start = baseAddress else { return }
    let first = (Int(bitPattern: start) + page - 1) / page * page
    let length = (Int(bitPattern: start) + count - first) / page * page
    // It is a wish: systems before Linux 5.14 hand it out when it is written.
    if length > 0 { _ = madvise(UnsafeMutableRawPointer(bitPattern: first), length, 23) }
  }
}
