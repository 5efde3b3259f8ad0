/// Trains a restricted machine: what the data say of units and their products, less what a few
/// Gibbs sweeps that start at the data say.
///
/// Source: G. Hinton, "Training Products of Experts by Minimizing Contrastive Divergence", Neural
/// Computation 14, 2002.
public struct ContrastiveDivergence: Hashable, Sendable {
  public var schedule: BoltzmannSchedule

  /// Gibbs sweeps, one or more.
  public var sweeps: Int

  public init(_ schedule: BoltzmannSchedule = BoltzmannSchedule(), sweeps: Int = 1) {
    precondition(sweeps >= 1, "\(sweeps) sweeps, expected 1 or more")
    self.schedule = schedule
    self.sweeps = sweeps
  }

  /// Trains on samples, one number per visible unit.
  public func train(
    _ machine: inout BoltzmannMachine, on samples: [[Double]],
    using generator: inout some RandomNumberGenerator
  ) {
    train(&machine, on: samples, copies: (visible: 1, hidden: 1), using: &generator)
  }

  /// As above, for several copies of a layer with the same weights, which make up for the second
  /// neighbour that a hidden layer of a deep machine will have. Copies are given the same values.
  ///
  /// Source: Salakhutdinov and Hinton 2009, section 3.2.
  func train(
    _ machine: inout BoltzmannMachine, on samples: [[Double]], copies: (visible: Int, hidden: Int),
    using generator: inout some RandomNumberGenerator
  ) {
    precondition(
      machine.layers.count == 2 && machine.connections.count == 1,
      "\(machine.layers.count) layers, expected a visible and a hidden one")
    for step in schedule.steps(samples: samples.count, using: &generator) {
      let gradient = gradient(
        machine, step.samples.map { samples[$0] }, copies: copies, using: &generator)
      machine.step(gradient, rate: step.rate, weightDecay: schedule.weightDecay)
    }
  }

  /// The estimated gradient of a batch's mean log-likelihood.
  func gradient(
    _ machine: BoltzmannMachine, _ batch: [[Double]], copies: (visible: Int, hidden: Int),
    using generator: inout some RandomNumberGenerator
  ) -> BoltzmannStatistics {
    let (visible, hidden) = (machine.layers[0].units, machine.layers[1].units)
    let share = 1 / Double(batch.count)
    var gradient = BoltzmannStatistics(like: machine)
    for sample in batch {
      var state = [sample, [Double](repeating: 0, count: machine.layers[1].bias.count)]
      var field = machine.field(of: 1, in: state, scale: Double(copies.visible))
      gradient.add([sample, field.map(hidden.mean)], of: machine, times: share)
      for _ in 0..<sweeps {
        state[1] = field.map { hidden.draw($0, using: &generator) }
        state[0] = machine.field(of: 0, in: state, scale: Double(copies.hidden))
          .map { visible.draw($0, using: &generator) }
        field = machine.field(of: 1, in: state, scale: Double(copies.visible))
      }
      gradient.add([state[0], field.map(hidden.mean)], of: machine, times: -share)
    }
    return gradient
  }
}
