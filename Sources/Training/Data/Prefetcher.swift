import Foundation

/// Makes batches ahead of their use, on a thread of its own, in order and boundedly.
final class Prefetcher: @unchecked Sendable {
  private let condition = NSCondition()
  private var ready: [Batch] = []
  private var stopped = false

  /// Starts to make the batches of `steps`, at most `ahead` of them before they are taken.
  init(steps: Range<Int>, ahead: Int = 2, make: @escaping @Sendable (Int) -> Batch) {
    let thread = Thread { [weak self] in
      for step in steps {
        let batch = make(step)
        guard let self, self.put(batch, ahead: ahead) else { return }
      }
    }
    thread.stackSize = 8 << 20
    thread.start()
  }

  /// The next batch; waits until it is made.
  func next() -> Batch {
    condition.lock()
    defer { condition.unlock() }
    while ready.isEmpty { condition.wait() }
    condition.broadcast()
    return ready.removeFirst()
  }

  /// Lets the thread end even if batches are left.
  func stop() {
    condition.lock()
    stopped = true
    condition.broadcast()
    condition.unlock()
  }

  private func put(_ batch: Batch, ahead: Int) -> Bool {
    condition.lock()
    defer { condition.unlock() }
    while ready.count >= ahead && !stopped { condition.wait() }
    ready.append(batch)
    condition.broadcast()
    return !stopped
  }
}
