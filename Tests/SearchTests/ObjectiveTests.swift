import Testing

@testable import Search

struct ObjectiveTests {
  @Test func lowerIsBetterForAll() {
    let good = Estimate(dice: 0.9, parameters: 1, multiplyAdds: 1, seconds: 1)
    let bad = Estimate(dice: 0.1, parameters: 2, multiplyAdds: 2, seconds: 2)
    for objective in Objective.allCases {
      #expect(objective.cost(of: good) < objective.cost(of: bad))
    }
  }
}
