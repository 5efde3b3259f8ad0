extension BoltzmannMachine {
  /// A state in which every unit is drawn in the field of its bias alone.
  public func firstState(using generator: inout some RandomNumberGenerator) -> State {
    layers.map { layer in layer.bias.map { layer.units.draw($0, using: &generator) } }
  }

  /// One sweep of block Gibbs sampling: first one colour's layers are drawn given the other's, then
  /// the other's.
  ///
  /// - Parameters:
  ///   - clamped: The layers that keep their values.
  ///   - scale: A factor of all weights, not of biases.
  public func sweep(
    _ state: inout State, clamped: Set<Int> = [], scale: Double = 1,
    using generator: inout some RandomNumberGenerator
  ) {
    for color in colors {
      for layer in color where !clamped.contains(layer) {
        let units = layers[layer].units
        state[layer] = field(of: layer, in: state, scale: scale)
          .map { units.draw($0, using: &generator) }
      }
    }
  }
}
