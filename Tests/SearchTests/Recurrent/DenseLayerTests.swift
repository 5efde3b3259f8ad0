import TestSupport
import Testing

@testable import Search

struct DenseLayerTests {
  // The bias is (100, 200, 300); the first number belongs to another layer.
  private let layer = DenseLayer(inputs: 2, outputs: 3, offset: 1)
  private let weights: [Double] = [-7, 1, 2, 3, 10, 20, 30, 100, 200, 300]

  @Test func mapsByHand() {
    #expect(layer.end == 10)
    #expect(layer([1, 2], weights) == [121, 242, 363])
    #expect(layer([0, 1], weights) == [110, 220, 330])
  }

  @Test func gradientsByHand() {
    var gradient = weights.map { _ in 0.0 }
    let below = layer.back([1, 0, -1], from: [2, 5], weights, to: &gradient)
    #expect(below == [-2, -20])
    #expect(gradient == [0, 2, 0, -2, 5, 0, -5, 1, 0, -1])
  }

  // Four numbers are multiplied side by side; what is left over counts too.
  @Test func scalarProductsOfAnyLengthAreExact() {
    for length in 0...11 {
      let left = (0..<length).map { Double($0 + 1) }
      let right = [9.0, 9] + (0..<length).map { Double(2 * $0) }
      let expected = (0..<length).reduce(0.0) { $0 + Double(($1 + 1) * 2 * $1) }
      #expect(left.dot(right, from: 2) == expected)
    }
  }

  @Test func softmaxIsFairForEqualAndSurvivesHugeNumbers() {
    #expect(DenseLayer.softmax([3, 3, 3, 3]) == [0.25, 0.25, 0.25, 0.25])
    #expect(DenseLayer.softmax([1000, 0]) == [1, 0])
    #expect(DenseLayer.softmax([-1000, -1000]) == [0.5, 0.5])
  }
}
