import Foundation

/// An estimate of a machine's log-partition function by annealed importance sampling.
///
/// Runs start from the machine without weights, whose partition function is known, and end at the
/// machine itself, the weights growing evenly. One colour of layers is sampled; the other is summed
/// or integrated out of the importance weights.
///
/// Source: R. Neal, "Annealed Importance Sampling", Statistics and Computing 11, 2001;
/// R. Salakhutdinov, I. Murray, "On the Quantitative Analysis of Deep Belief Networks", ICML 2008.
public struct AnnealedImportanceSampling: Hashable, Sendable {
  /// The logarithm of the mean importance weight, times the known partition function.
  public let logPartition: Double

  /// The standard error of ``logPartition``, to first order: the relative one of the mean weight.
  /// Runs that all miss the same part of the states do not show in it.
  public let standardError: Double

  /// - Parameters:
  ///   - runs: Independent runs, two or more.
  ///   - steps: How many machines are passed on the way, one or more; each takes a Gibbs sweep.
  public init(
    _ machine: BoltzmannMachine, runs: Int, steps: Int,
    using generator: inout some RandomNumberGenerator
  ) {
    precondition(runs >= 2 && steps >= 1, "\(runs) runs of \(steps) steps, expected 2 of 1 or more")
    let logWeights = (0..<runs).map { _ in
      Self.logWeight(machine, steps: steps, using: &generator)
    }
    var sum = LogSum()
    for weight in logWeights { sum.add(weight) }
    let logMean = sum.value - log(Double(runs))
    let relative = logWeights.map { exp($0 - logMean) - 1 }
    let variance = relative.reduce(0) { $0 + $1 * $1 } / Double(runs - 1)
    let base = machine.layers.reduce(0) { total, layer in
      layer.bias.reduce(total) { $0 + layer.units.logPartition($1) }
    }
    logPartition = base + logMean
    standardError = (variance / Double(runs)).squareRoot()
  }

  private static func logWeight(
    _ machine: BoltzmannMachine, steps: Int, using generator: inout some RandomNumberGenerator
  ) -> Double {
    var state = machine.firstState(using: &generator)
    var total = 0.0
    for step in 0..<steps {
      let (from, to) = (Double(step) / Double(steps), Double(step + 1) / Double(steps))
      total += logMarginal(state, of: machine, scale: to)
      total -= logMarginal(state, of: machine, scale: from)
      machine.sweep(&state, scale: to, using: &generator)
    }
    return total
  }

  /// Of the values of the second colour's layers, as far as it depends on the weights' scale.
  private static func logMarginal(
    _ state: BoltzmannMachine.State, of machine: BoltzmannMachine, scale: Double
  ) -> Double {
    machine.colors[0].reduce(0) { total, layer in
      let units = machine.layers[layer].units
      return machine.field(of: layer, in: state, scale: scale)
        .reduce(total) { $0 + units.logPartition($1) }
    }
  }
}
