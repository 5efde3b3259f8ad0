/// When a search ends: after so many trials or so much time, whichever comes first.
public struct SearchBudget: Hashable, Sendable {
  /// The most trials.
  public let trials: Int

  /// The time after which no trial is begun, in the seconds that the estimates say they took: real
  /// ones for training, simulated ones for a table.
  public let seconds: Double

  public init(trials: Int = .max, seconds: Double = .infinity) {
    self.trials = trials
    self.seconds = seconds
  }

  /// So many trials, however long they take.
  public static func trials(_ count: Int) -> SearchBudget { SearchBudget(trials: count) }

  /// So many seconds, real or simulated.
  public static func seconds(_ seconds: Double) -> SearchBudget { SearchBudget(seconds: seconds) }

  /// Whether another trial may begin after the given ones.
  func allows(trials finished: Int, seconds spent: Double) -> Bool {
    finished < trials && spent < seconds
  }
}
