import Foundation
import Randomness

/// A layer of long short-term memory whose weights are a part of one flat array.
///
/// The weights are those of a ``DenseLayer`` from the input and the last output together to the four
/// gates: input, forget, candidate and output, in PyTorch's order with its two biases added up.
///
/// Source: S. Hochreiter, J. Schmidhuber, "Long Short-Term Memory", Neural Computation 9(8), 1997,
/// with the forget gate of F. Gers et al., 2000.
struct LSTM {
  /// What the layer remembers from step to step.
  struct State {
    var output: [Double]
    var memory: [Double]

    static func zero(_ hidden: Int) -> State {
      State(
        output: Array(repeating: 0, count: hidden), memory: Array(repeating: 0, count: hidden))
    }
  }

  /// One step with all that its gradient needs.
  struct Step {
    /// The input with the last output behind it.
    fileprivate let joined: [Double]
    fileprivate let memoryBefore: [Double]
    fileprivate let gates: [Double]
    let after: State
  }

  let inputs: Int
  let hidden: Int
  private let gates: DenseLayer

  /// The place after the layer's last weight.
  var end: Int { gates.end }

  /// - Parameter offset: Where in the array the weights begin.
  init(inputs: Int, hidden: Int, offset: Int) {
    self.inputs = inputs
    self.hidden = hidden
    gates = DenseLayer(inputs: inputs + hidden, outputs: 4 * hidden, offset: offset)
  }

  func step(_ input: [Double], from state: State, _ weights: [Double]) -> Step {
    let joined = input + state.output
    var values = gates(joined, weights)
    var after = State.zero(hidden)
    for unit in 0..<hidden {
      let (enter, keep) = (Self.sigmoid(values[unit]), Self.sigmoid(values[hidden + unit]))
      let candidate = tanh(values[2 * hidden + unit])
      let show = Self.sigmoid(values[3 * hidden + unit])
      values[unit] = enter
      values[hidden + unit] = keep
      values[2 * hidden + unit] = candidate
      values[3 * hidden + unit] = show
      after.memory[unit] = keep * state.memory[unit] + enter * candidate
      after.output[unit] = show * tanh(after.memory[unit])
    }
    return Step(joined: joined, memoryBefore: state.memory, gates: values, after: after)
  }

  /// Adds the gradient of the weights to `gradient`.
  ///
  /// - Parameter slope: The gradient of what the step left, from its output and from later steps.
  /// - Returns: The gradients of the step's input and of the state before it.
  func back(
    _ slope: State, through step: Step, _ weights: [Double], to gradient: inout [Double]
  ) -> (input: [Double], before: State) {
    var gateSlopes = [Double](repeating: 0, count: 4 * hidden)
    var before = State.zero(hidden)
    for unit in 0..<hidden {
      let (enter, keep) = (step.gates[unit], step.gates[hidden + unit])
      let (candidate, show) = (step.gates[2 * hidden + unit], step.gates[3 * hidden + unit])
      let squashed = tanh(step.after.memory[unit])
      let memory = slope.memory[unit] + slope.output[unit] * show * (1 - squashed * squashed)
      gateSlopes[unit] = memory * candidate * enter * (1 - enter)
      gateSlopes[hidden + unit] = memory * step.memoryBefore[unit] * keep * (1 - keep)
      gateSlopes[2 * hidden + unit] = memory * enter * (1 - candidate * candidate)
      gateSlopes[3 * hidden + unit] = slope.output[unit] * squashed * show * (1 - show)
      before.memory[unit] = memory * keep
    }
    let joined = gates.back(gateSlopes, from: step.joined, weights, to: &gradient)
    before.output = Array(joined[inputs...])
    return (Array(joined[..<inputs]), before)
  }

  func draw(into weights: inout [Double], using generator: inout some RandomNumberGenerator) {
    gates.draw(into: &weights, using: &generator)
  }

  private static func sigmoid(_ value: Double) -> Double { 1 / (1 + exp(-value)) }
}
