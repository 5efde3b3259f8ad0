extension MultimodalBoltzmannMachine {
  /// The mean-field means of the joint layer given what a sample has; absent modalities are inferred
  /// along with the hidden layers.
  ///
  /// - Returns: A number in `0...1` per joint unit.
  public func representation(of sample: Sample) throws(BoltzmannError) -> [Double] {
    machine.meanField(clamping: try clamped(sample)).means[jointLayer]
  }

  /// A lower bound on log p*(what a sample has); less the log-partition function, it bounds the
  /// log-likelihood.
  public func bound(of sample: Sample) throws(BoltzmannError) -> Double {
    machine.meanField(clamping: try clamped(sample)).bound
  }

  /// Features of all modalities, the absent ones drawn given the present ones by Gibbs sampling;
  /// those that are present come back as they are.
  ///
  /// - Parameters:
  ///   - count: How many samples to draw, from one chain.
  ///   - burnIn: Sweeps before the first.
  ///   - thinning: Sweeps from one to the next, one or more.
  public func samples(
    given sample: Sample, count: Int, burnIn: Int = 100, thinning: Int = 1,
    using generator: inout some RandomNumberGenerator
  ) throws(BoltzmannError) -> [[[Double]]] {
    var drawn: [[[Double]]] = []
    try chain(sample, count, burnIn, thinning, using: &generator) { state in
      drawn.append(pathways.map { state[$0[0]] })
    }
    return drawn
  }

  /// Features of all modalities, the absent ones the expected values given the present ones,
  /// estimated as the mean along a Gibbs chain of what they are expected to be given the layer above.
  ///
  /// - Parameters:
  ///   - sweeps: The sweeps that are averaged, one or more.
  ///   - burnIn: Sweeps before them.
  public func infilled(
    _ sample: Sample, sweeps: Int, burnIn: Int = 100,
    using generator: inout some RandomNumberGenerator
  ) throws(BoltzmannError) -> [[Double]] {
    let features = pathways.map { $0[0] }
    var sums = features.map { [Double](repeating: 0, count: machine.layers[$0].bias.count) }
    try chain(sample, sweeps, burnIn, 1, using: &generator) { state in
      for (index, layer) in features.enumerated() where sample[index] == nil {
        let means = machine.field(of: layer, in: state).map(machine.layers[layer].units.mean)
        for (feature, mean) in means.enumerated() { sums[index][feature] += mean }
      }
    }
    return zip(sample, sums).map { $0 ?? $1.map { $0 / Double(sweeps) } }
  }

  private func chain(
    _ sample: Sample, _ count: Int, _ burnIn: Int, _ thinning: Int,
    using generator: inout some RandomNumberGenerator,
    _ body: (BoltzmannMachine.State) -> Void
  ) throws(BoltzmannError) {
    precondition(count >= 1 && burnIn >= 0 && thinning >= 1, "a chain without a sweep")
    let given = try clamped(sample)
    var state = machine.firstState(using: &generator)
    for (layer, values) in given { state[layer] = values }
    let fixed = Set(given.keys)
    for _ in 0..<burnIn { machine.sweep(&state, clamped: fixed, using: &generator) }
    for _ in 0..<count {
      for _ in 0..<thinning { machine.sweep(&state, clamped: fixed, using: &generator) }
      body(state)
    }
  }
}
