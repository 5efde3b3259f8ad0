import Foundation

/// Makes batches ahead of their use, on threads of its own, and hands them out in order.
///
/// No more than a given number of batches is made before they are taken, so that a slow training
/// does not fill the memory.
final class Prefetcher: @unchecked Sendable {
  private let condition = NSCondition()
  private let make: @Sendable (Int) -> Batch
  private let steps: Range<Int>
  private let ahead: Int

  /// The batches that are made but not taken, by step.
  private var ready: [Int: Batch] = [:]

  /// The next step to make, and the next to hand out.
  private var started: Int
  private var taken: Int
  private var isStopped = false

  /// Starts to make the batches of `steps`.
  ///
  /// - Parameters:
  ///   - threads: How many batches are made at the same time. One suffices beside a training: a batch
  ///     takes a hundredth of its step.
  ///   - ahead: How many batches are made or being made before they are taken, at most.
  ///   - make: Makes the batch of a step; it must depend on nothing but the step.
  init(
    steps: Range<Int>, threads: Int = 1, ahead: Int = 2, make: @escaping @Sendable (Int) -> Batch
  ) {
    self.steps = steps
    self.ahead = max(1, ahead)
    self.make = make
    started = steps.lowerBound
    taken = steps.lowerBound
    for _ in 0..<max(1, min(threads, self.ahead)) {
      let thread = Thread { self.work() }
      thread.stackSize = 8 << 20
      thread.start()
    }
  }

  /// The next batch; waits until it is made.
  func next() -> Batch {
    precondition(taken < steps.upperBound, "every batch has been taken")
    condition.lock()
    defer { condition.unlock() }
    while true {
      if let batch = ready.removeValue(forKey: taken) {
        taken += 1
        condition.broadcast()
        return batch
      }
      condition.wait()
    }
  }

  /// Lets the threads end even if batches are left. Until then, or until every batch has been taken,
  /// they keep this object alive.
  func stop() {
    condition.withLock {
      isStopped = true
      condition.broadcast()
    }
  }

  private func work() {
    while let step = begin() {
      let batch = make(step)
      condition.withLock {
        ready[step] = batch
        condition.broadcast()
      }
    }
  }

  /// The next step to make, once there is room for its batch; `nil` at the end.
  private func begin() -> Int? {
    condition.withLock {
      while !isStopped, started < steps.upperBound, started >= taken + ahead { condition.wait() }
      guard !isStopped, started < steps.upperBound else { return nil }
      defer { started += 1 }
      return started
    }
  }
}
