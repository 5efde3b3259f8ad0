import Dispatch

/// Work divided among the cores, in a way that no result depends on how many there are.
enum Parallel {
  /// Calls `body` for ranges that together are `0..<count`, several at a time.
  ///
  /// The ranges are the same on every machine, but the order in which they are worked on is not: a
  /// call may write only what no other call reads or writes.
  ///
  /// - Parameter grain: The length of a range; the last may be shorter.
  static func forEachRange(
    of count: Int, grain: Int, _ body: @Sendable (Range<Int>) -> Void
  ) {
    let ranges = (count + grain - 1) / grain
    guard ranges > 1 else {
      if count > 0 { body(0..<count) }
      return
    }
    // The calls share nothing that is written: that is what the caller promises.
    DispatchQueue.concurrentPerform(iterations: ranges) { index in
      body(index * grain..<min(count, (index + 1) * grain))
    }
  }
}
