import TestSupport
import Testing

@testable import Networks

struct BoltzmannStatisticsTests {
  private let machine = BoltzmannMachine(
    layers: [.init(.gaussian, bias: [0.5, -1]), .init(.binary, bias: [2])],
    connections: [.init(0, 1, weights: [3, 4])])

  @Test func areUnitsAndProductsOfNeighbours() {
    var statistics = BoltzmannStatistics(like: machine)
    #expect(statistics.numbers == [0, 0, 0, 0, 0])
    statistics.add([[2, -1], [1]], of: machine)
    #expect(statistics.biases == [[2, -1], [1]])
    #expect(statistics.weights == [[2, -1]])
    statistics.add([[4, 4], [0]], of: machine, times: 0.5)
    #expect(statistics.numbers == [4, 1, 1, 2, -1])
  }

  @Test func differencesAreNumberByNumber() {
    var (one, other) = (BoltzmannStatistics(like: machine), BoltzmannStatistics(like: machine))
    one.add([[2, -1], [1]], of: machine)
    other.add([[1, 1], [1]], of: machine)
    #expect(one.subtracting(other).numbers == [1, -2, 0, 1, -2])
  }

  @Test func aStepGoesAlongTheGradientAndWeightsDecay() {
    var gradient = BoltzmannStatistics(like: machine)
    gradient.add([[2, -1], [1]], of: machine)
    var moved = machine
    moved.step(gradient, rate: 0.1, weightDecay: 0.5)
    expectClose(moved.layers.flatMap(\.bias), [0.7, -1.1, 2.1], within: 1e-15)
    // 3 + 0.1·(2 − 1.5), 4 + 0.1·(−1 − 2)
    expectClose(moved.connections[0].weights, [3.05, 3.7], within: 1e-15)
  }
}
