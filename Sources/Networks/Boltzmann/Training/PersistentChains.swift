/// Gibbs chains of a free machine that go on while its weights are trained.
///
/// Source: T. Tieleman, "Training Restricted Boltzmann Machines Using Approximations to the
/// Likelihood Gradient", ICML 2008; L. Younes 1989.
public struct PersistentChains: Hashable, Sendable {
  public private(set) var states: [BoltzmannMachine.State]

  /// Chains that begin with every unit drawn by its bias alone; one or more.
  public init(
    _ count: Int, of machine: BoltzmannMachine, using generator: inout some RandomNumberGenerator
  ) {
    precondition(count >= 1, "\(count) chains, expected 1 or more")
    states = (0..<count).map { _ in machine.firstState(using: &generator) }
  }

  /// Moves every chain by Gibbs sweeps.
  public mutating func advance(
    _ machine: BoltzmannMachine, sweeps: Int, using generator: inout some RandomNumberGenerator
  ) {
    for index in states.indices {
      for _ in 0..<sweeps { machine.sweep(&states[index], using: &generator) }
    }
  }

  /// The mean statistics of the chains' present states.
  public func statistics(of machine: BoltzmannMachine) -> BoltzmannStatistics {
    var statistics = BoltzmannStatistics(like: machine)
    for state in states { statistics.add(state, of: machine, times: 1 / Double(states.count)) }
    return statistics
  }
}
