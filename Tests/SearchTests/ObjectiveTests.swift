import Testing

@testable import Search

struct ObjectiveTests {
  @Test func lowerIsBetterForAll() {
    var good = Estimate(dice: 0.9, parameters: 1, multiplyAdds: 1, seconds: 1)
    var bad = Estimate(dice: 0.1, parameters: 2, multiplyAdds: 2, seconds: 2)
    (good.latency, bad.latency) = (1, 2)
    (good.memory, bad.memory) = (1, 2)
    for objective in Objective.allCases {
      #expect(objective.cost(of: good) < objective.cost(of: bad))
    }
  }
}
