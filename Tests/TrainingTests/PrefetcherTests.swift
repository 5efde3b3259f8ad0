import Foundation
import Testing

@testable import Training

struct PrefetcherTests {

  @Test(arguments: [1, 2, 5])
  func deliversEveryStepInOrder(threads: Int) {
    let batches = Prefetcher(steps: 3..<40, threads: threads, ahead: 4) { step in
      // Later batches are sometimes ready before earlier ones.
      Thread.sleep(forTimeInterval: step % 3 == 0 ? 0.003 : 0)
      return Batch(count: step, shape: [], images: [], classes: [])
    }
    #expect((3..<40).map { _ in batches.next().count } == Array(3..<40))
  }

  @Test(arguments: [1, 2])
  func makesNoMoreThanItIsAllowedAhead(threads: Int) {
    let made = Counter()
    let batches = Prefetcher(steps: 0..<100, threads: threads, ahead: 2) {
      made.increment()
      return Batch(count: $0, shape: [], images: [], classes: [])
    }
    _ = batches.next()
    Thread.sleep(forTimeInterval: 0.1)
    // One taken, and two waiting.
    #expect(made.value <= 3)
    batches.stop()
  }

  private final class Counter: @unchecked Sendable {
    private let lock = NSLock()
    private var count = 0
    func increment() { lock.withLock { count += 1 } }
    var value: Int { lock.withLock { count } }
  }
}
