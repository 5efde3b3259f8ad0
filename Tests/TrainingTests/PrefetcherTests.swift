import Foundation
import Testing

@testable import Training

struct PrefetcherTests {

  @Test func deliversEveryStepInOrder() {
    let batches = Prefetcher(steps: 3..<40) { Batch(count: $0, shape: [], images: [], classes: []) }
    #expect((3..<40).map { _ in batches.next().count } == Array(3..<40))
  }

  @Test func makesNoMoreThanItIsAllowedAhead() {
    let made = Counter()
    let batches = Prefetcher(steps: 0..<100, ahead: 2) {
      made.increment()
      return Batch(count: $0, shape: [], images: [], classes: [])
    }
    _ = batches.next()
    Thread.sleep(forTimeInterval: 0.1)
    // One taken, two waiting, and one made that found no place.
    #expect(made.value <= 4)
    batches.stop()
  }

  private final class Counter: @unchecked Sendable {
    private let lock = NSLock()
    private var count = 0
    func increment() { lock.withLock { count += 1 } }
    var value: Int { lock.withLock { count } }
  }
}
