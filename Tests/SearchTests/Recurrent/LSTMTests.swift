import TestSupport
import Testing

@testable import Search

/// Reference: PyTorch 2.15.0, Tests/Reference/recurrent_values.py.
struct LSTMTests {
  private let layer = LSTM(inputs: 3, hidden: 2, offset: 0)
  private let weights = wave(48, step: 0.7, scale: 0.8)
  private let inputs = wave(6, step: 1.3)

  private func steps(_ inputs: [Double], _ weights: [Double]) -> [LSTM.Step] {
    let first = layer.step(Array(inputs[..<3]), from: .zero(2), weights)
    return [first, layer.step(Array(inputs[3...]), from: first.after, weights)]
  }

  @Test func twoStepsAreThoseOfPyTorch() {
    #expect(layer.end == weights.count)
    let after = steps(inputs, weights)[1].after
    expectClose(after.output, [-0.333499126213, 0.0998769692908], within: 1e-11)
    expectClose(after.memory, [-0.432336322969, 0.114086170133], within: 1e-11)
  }

  @Test func gradientsThroughTwoStepsAreThoseOfPyTorch() {
    let steps = steps(inputs, weights)
    var gradient = weights.map { _ in 0.0 }
    let slope = LSTM.State(output: [1, -2], memory: [0.5, 0.25])
    let last = layer.back(slope, through: steps[1], weights, to: &gradient)
    let first = layer.back(last.before, through: steps[0], weights, to: &gradient)
    expectClose(
      first.input + last.input,
      [
        0.0149645690246, 0.00621340024768, -0.00532676658137, 0.190127885317, 0.231624585526,
        0.169152365,
      ], within: 1e-10)
    expectClose(
      stride(from: 0, to: 48, by: 5).map { gradient[$0] },
      [
        0.15056425966, 0.255435653231, -0.0223416922947, 0.015282570825, 0.0840620541791,
        -0.0100540998073, -0.00655008546689, -0.00361722776436, -0.197384291065, -0.432344099113,
      ], within: 1e-10)
  }

  // With all weights zero every gate is half open and the candidate is nothing.
  @Test func withoutWeightsItForgetsByHalves() {
    let state = LSTM.State(output: [0, 0], memory: [1, -2])
    let after = layer.step([1, 2, 3], from: state, weights.map { _ in 0 }).after
    #expect(after.memory == [0.5, -1])
  }
}
