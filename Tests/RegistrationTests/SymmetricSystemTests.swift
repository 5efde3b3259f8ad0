import TestSupport
import Testing

@testable import Registration

struct SymmetricSystemTests {
  /// 4x + 2y = 2 and 2x + 3y = -1.
  @Test func twoEquationsAreSolved() throws {
    let system = SymmetricSystem([4, 2, 2, 3], count: 2)
    expectClose(try #require(system.solution(for: [2, -1])), [1, -1], within: 1e-12)
  }

  @Test func aMatrixThatIsNotPositiveDefiniteHasNoSolution() {
    #expect(SymmetricSystem([1, 2, 2, 1], count: 2).solution(for: [1, 1]) == nil)
    #expect(SymmetricSystem([0], count: 1).solution(for: [1]) == nil)
  }
}
