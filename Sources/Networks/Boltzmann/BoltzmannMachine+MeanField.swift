/// A factorised distribution over the layers of a machine of which some are clamped.
public struct MeanField: Hashable, Sendable {
  /// The expected value of every unit; of clamped layers, their values.
  public let means: BoltzmannMachine.State

  /// A lower bound on the logarithm of the sum of exp(−energy) over what is not clamped. Less the
  /// log-partition function, it is one on the log-likelihood of what is clamped.
  public let bound: Double

  /// How many rounds over the layers were made.
  public let rounds: Int
}

extension BoltzmannMachine {
  /// The mean-field distribution of what is not clamped, layer after layer set to its best given
  /// the others, which never lowers the bound.
  ///
  /// - Parameters:
  ///   - clamped: The values of layers by index.
  ///   - tolerance: Rounds end when no mean changes by more.
  ///   - rounds: The most rounds, one or more.
  ///
  /// Source: Salakhutdinov and Hinton 2009, section 3.1, algorithm 1.
  public func meanField(
    clamping clamped: [Int: [Double]], tolerance: Double = 1e-8, rounds: Int = 200
  ) -> MeanField {
    var means = layers.indices.map { index in
      clamped[index] ?? layers[index].bias.map(layers[index].units.mean)
    }
    var made = 0
    var change = Double.infinity
    while made < rounds, change > tolerance {
      change = 0
      for index in layers.indices where clamped[index] == nil {
        let updated = field(of: index, in: means).map(layers[index].units.mean)
        for (old, new) in zip(means[index], updated) { change = max(change, abs(new - old)) }
        means[index] = updated
      }
      made += 1
    }
    return MeanField(means: means, bound: bound(means, clamped), rounds: made)
  }

  /// Expected −energy plus entropy.
  private func bound(_ means: State, _ clamped: [Int: [Double]]) -> Double {
    var total = connections.reduce(0) { $0 + $1.product(means[$1.first], means[$1.second]) }
    for (index, layer) in layers.enumerated() {
      let term = clamped[index] == nil ? layer.units.entropyTerm : layer.units.selfTerm
      for (bias, mean) in zip(layer.bias, means[index]) { total += bias * mean + term(mean) }
    }
    return total
  }
}
