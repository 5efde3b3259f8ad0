import Architecture
import Randomness
import Testing

@testable import Search

struct SearchBudgetTests {
  private let space = NASBench201Space()

  private func numbers(within budget: SearchBudget, resuming done: Int = 0) throws -> [Int] {
    // Every estimate says that it took two seconds.
    func search(_ budget: SearchBudget, _ finished: [Trial<NASBench201Cell>] = []) throws
      -> [Trial<NASBench201Cell>]
    {
      try trials(
        of: RandomSearch(in: space, using: SplitMix64(seed: 1)),
        judgedBy: HiddenTarget(in: space), within: budget, resuming: finished)
    }
    return try search(budget, done == 0 ? [] : search(.trials(done))).map(\.number)
  }

  @Test func endsAfterTheTrialsOrTheSecondsWhicheverComeFirst() throws {
    #expect(try numbers(within: .trials(4)) == [1, 2, 3, 4])
    // The third begins after four seconds and ends after six.
    #expect(try numbers(within: .seconds(5)) == [1, 2, 3])
    #expect(try numbers(within: .seconds(4)) == [1, 2])
    #expect(try numbers(within: SearchBudget(trials: 2, seconds: 100)) == [1, 2])
    #expect(try numbers(within: SearchBudget(trials: 100, seconds: 5)) == [1, 2, 3])
  }

  @Test func theSecondsOfAnInterruptedSearchCount() throws {
    #expect(try numbers(within: .seconds(9), resuming: 3) == [1, 2, 3, 4, 5])
  }
}
