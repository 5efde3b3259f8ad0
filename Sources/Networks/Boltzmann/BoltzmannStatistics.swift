/// What a machine's log-likelihood is linear in: expected values of the units and of the products
/// of connected units. The gradient is their value with data clamped less that of the free machine.
public struct BoltzmannStatistics: Hashable, Sendable {
  /// Per layer, a number for each bias.
  public internal(set) var biases: [[Double]]

  /// Per connection, a number for each weight.
  public internal(set) var weights: [[Double]]

  /// Zeros in the shape of a machine.
  public init(like machine: BoltzmannMachine) {
    biases = machine.layers.map { Array(repeating: 0, count: $0.bias.count) }
    weights = machine.connections.map { Array(repeating: 0, count: $0.weights.count) }
  }

  /// Adds a factor times those of a state, or of means of units that are independent.
  public mutating func add(
    _ state: BoltzmannMachine.State, of machine: BoltzmannMachine, times factor: Double = 1
  ) {
    for (layer, values) in state.enumerated() {
      for (unit, value) in values.enumerated() { biases[layer][unit] += factor * value }
    }
    for (index, connection) in machine.connections.enumerated() {
      let (first, second) = (state[connection.first], state[connection.second])
      for (row, value) in first.enumerated() where value != 0 {
        let scaled = factor * value
        for column in second.indices {
          weights[index][row * second.count + column] += scaled * second[column]
        }
      }
    }
  }

  /// Less the statistics of another.
  public func subtracting(_ other: Self) -> Self {
    var difference = self
    difference.biases = zip(biases, other.biases).map { zip($0, $1).map(-) }
    difference.weights = zip(weights, other.weights).map { zip($0, $1).map(-) }
    return difference
  }

  /// All numbers, biases first.
  public var numbers: [Double] { biases.flatMap(\.self) + weights.flatMap(\.self) }
}

extension BoltzmannMachine {
  /// Goes a step along a gradient, weights drawn towards zero by `weightDecay` times themselves.
  mutating func step(
    _ gradient: BoltzmannStatistics, rate: Double, weightDecay: Double
  ) {
    for layer in layers.indices {
      for unit in layers[layer].bias.indices {
        layers[layer].bias[unit] += rate * gradient.biases[layer][unit]
      }
    }
    for index in connections.indices {
      for place in connections[index].weights.indices {
        let pull = weightDecay * connections[index].weights[place]
        connections[index].weights[place] += rate * (gradient.weights[index][place] - pull)
      }
    }
  }
}
