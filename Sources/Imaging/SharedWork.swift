internal import Dispatch
internal import Synchronization

/// Calls `body` with every number from 0 to before `count`, on several threads.
///
/// Which thread takes which number is left to chance: a call may write only what no other call reads
/// or writes, and then no result depends on how many threads there are.
///
/// - Parameter threads: How many threads take part; `nil` for one per core.
package func shareOut(_ count: Int, threads: Int?, _ body: @Sendable (Int) -> Void) {
  guard let threads, threads < count else {
    return DispatchQueue.concurrentPerform(iterations: count, execute: body)
  }
  guard threads > 1 else { return (0..<count).forEach(body) }
  let next = Atomic(0)
  DispatchQueue.concurrentPerform(iterations: threads) { _ in
    while true {
      let number = next.wrappingAdd(1, ordering: .relaxed).oldValue
      guard number < count else { return }
      body(number)
    }
  }
}

/// Calls `body` with the pieces of `0..<count`, on several threads when there are many.
func forEachPiece(of count: Int, threads: Int?, _ body: @Sendable (Range<Int>) -> Void) {
  let length = 1 << 18
  guard count > length else { return body(0..<count) }
  shareOut((count + length - 1) / length, threads: threads) { index in
    body(index * length..<min(count, (index + 1) * length))
  }
}
