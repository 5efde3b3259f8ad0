import Synchronization

/// The lengths of the trainings that were told of.
final class StepTotals: Sendable {
  private let state = Mutex<Set<Int>>([])

  var seen: Set<Int> { state.withLock { $0 } }

  func note(_ total: Int) { state.withLock { _ = $0.insert(total) } }
}
