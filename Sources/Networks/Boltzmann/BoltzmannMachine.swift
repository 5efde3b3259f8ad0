import Randomness

/// A Boltzmann machine of layers: units of a layer are tied to those of neighbouring layers alone.
///
/// The energy of a state s is −Σₗ (bₗ·sₗ + selfTerm(sₗ)) − Σₘₙ sₘᵀ Wₘₙ sₙ, over layers l and
/// connected pairs m, n. Connections form no circle, so layers fall into two colours, each of which
/// is independent given the other. A restricted machine is two layers; a deep one is a chain; the
/// multimodal one is a tree, see ``MultimodalBoltzmannMachine``.
///
/// Source: R. Salakhutdinov, G. Hinton, "Deep Boltzmann Machines", AISTATS 2009.
public struct BoltzmannMachine: Hashable, Sendable {
  /// Values of all units, layer by layer.
  public typealias State = [[Double]]

  /// The units of one layer, each with a bias.
  public struct Layer: Hashable, Sendable {
    public let units: BoltzmannUnits
    public var bias: [Double]

    public init(_ units: BoltzmannUnits, bias: [Double]) {
      self.units = units
      self.bias = bias
    }
  }

  /// The weights between two layers, unit by unit of `first`, those of a unit side by side.
  public struct Connection: Hashable, Sendable {
    public let first: Int
    public let second: Int
    public var weights: [Double]

    public init(_ first: Int, _ second: Int, weights: [Double]) {
      self.first = first
      self.second = second
      self.weights = weights
    }
  }

  public internal(set) var layers: [Layer]
  public internal(set) var connections: [Connection]

  /// The layers of the two colours; the first layer is of the first.
  let colors: [[Int]]

  /// - Precondition: Connections name two layers, form no circle, have a weight per pair of units,
  ///   and join no two Gaussian layers (whose energy could fall without end).
  public init(layers: [Layer], connections: [Connection]) {
    for connection in connections {
      let (first, second) = (layers[connection.first], layers[connection.second])
      let expected = first.bias.count * second.bias.count
      precondition(
        connection.weights.count == expected,
        "\(connection.weights.count) weights of a connection, expected \(expected)")
      precondition(
        first.units == .binary || second.units == .binary, "two Gaussian layers are connected")
    }
    self.layers = layers
    self.connections = connections
    colors = Self.colors(layers.count, connections)
  }

  /// A machine of one visible and one hidden layer, binary, whose weights are drawn with a standard
  /// deviation of 0.01 and whose biases are zero.
  ///
  /// Source of the deviation: G. Hinton, "A Practical Guide to Training Restricted Boltzmann
  /// Machines", 2010, section 8.
  public static func restricted(
    _ units: BoltzmannUnits, visible: Int, hidden: Int,
    using generator: inout some RandomNumberGenerator
  ) -> Self {
    Self(
      layers: [
        Layer(units, bias: Array(repeating: 0, count: visible)),
        Layer(.binary, bias: Array(repeating: 0, count: hidden)),
      ],
      connections: [
        Connection(0, 1, weights: firstWeights(visible * hidden, using: &generator))
      ])
  }

  /// −energy of a state.
  public func negativeEnergy(_ state: State) -> Double {
    var total = 0.0
    for (layer, values) in zip(layers, state) {
      for (bias, value) in zip(layer.bias, values) {
        total += bias * value + layer.units.selfTerm(value)
      }
    }
    return connections.reduce(total) { $0 + $1.product(state[$1.first], state[$1.second]) }
  }

  /// The fields of a layer's units: the bias plus `scale` times what neighbours send.
  func field(of layer: Int, in state: State, scale: Double = 1) -> [Double] {
    var field = layers[layer].bias
    for connection in connections {
      if connection.second == layer {
        connection.addUpward(state[connection.first], times: scale, to: &field)
      } else if connection.first == layer {
        connection.addDownward(state[connection.second], times: scale, to: &field)
      }
    }
    return field
  }

  private static func colors(
    _ count: Int, _ connections: [Connection]
  ) -> [[Int]] {
    var color = [Bool?](repeating: nil, count: count)
    func paint(_ layer: Int, _ value: Bool, from parent: Int?) {
      color[layer] = value
      for (index, connection) in connections.enumerated() where index != parent {
        guard connection.first == layer || connection.second == layer else { continue }
        let other = connection.first == layer ? connection.second : connection.first
        precondition(color[other] == nil, "the connections form a circle through layer \(other)")
        paint(other, !value, from: index)
      }
    }
    for layer in 0..<count where color[layer] == nil { paint(layer, false, from: nil) }
    return [false, true].map { value in (0..<count).filter { color[$0] == value } }
  }
}

extension BoltzmannMachine {
  static func firstWeights(
    _ count: Int, using generator: inout some RandomNumberGenerator
  ) -> [Double] {
    (0..<count).map { _ in generator.normal(deviation: 0.01) }
  }
}
