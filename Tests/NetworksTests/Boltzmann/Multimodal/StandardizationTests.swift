import Networks
import TestSupport
import Testing

struct StandardizationTests {
  @Test func meanAndDeviationByHand() {
    let found = Standardization([[1, 7], [5, 7]])
    #expect(found.mean == [3, 7])
    #expect(found.deviation == [2, 1])
    #expect(found([4, 9]) == [0.5, 2])
    #expect(found.inverse([0.5, 2]) == [4, 9])
  }

  @Test func roundingIsNoVariation() {
    #expect(Standardization([[0.1], [0.1], [0.1]]).deviation == [1])
  }
}
