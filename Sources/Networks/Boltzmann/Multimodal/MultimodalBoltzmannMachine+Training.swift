extension MultimodalBoltzmannMachine {
  /// Trains layer by layer, each modality's pathway on the samples that have it, then the joint
  /// layer on those that have all.
  ///
  /// A hidden layer has two neighbours in the whole machine and one in each pair that is trained. So
  /// in a pair whatever a hidden layer of a pathway sees counts twice, and that layer takes half of
  /// its bias from the pair below it and half from the pair above.
  ///
  /// - Throws: ``BoltzmannError`` when there is no sample, one does not fit or is not finite, a
  ///   modality has none, none has all, or training diverges.
  ///
  /// Source: Srivastava and Salakhutdinov 2012, section 3; Salakhutdinov and Hinton 2009, section 3.2.
  public mutating func pretrain(
    on samples: [Sample], with divergence: ContrastiveDivergence,
    using generator: inout some RandomNumberGenerator
  ) throws(BoltzmannError) {
    let clamped = try clamped(samples)
    for (modality, pathway) in zip(modalities, pathways)
    where !clamped.contains(where: { $0[pathway[0]] != nil }) {
      throw .noSamples(modality: modality.name)
    }
    let complete = clamped.indices.filter { clamped[$0].count == modalities.count }
    guard !complete.isEmpty else { throw .noCompleteSample }
    var tops = Array(repeating: [Double](), count: samples.count)
    for pathway in pathways {
      let present = clamped.indices.filter { clamped[$0][pathway[0]] != nil }
      var values = present.compactMap { clamped[$0][pathway[0]] }
      for (lower, upper) in zip(pathway, pathway.dropFirst()) {
        let bottom = lower == pathway[0]
        values = pretrain(
          lower, upper, on: values, hiddenCopies: bottom ? 1 : 2, with: divergence,
          using: &generator)
      }
      for (sample, top) in zip(present, values) { tops[sample] += top }
    }
    pretrainJoint(on: complete.map { tops[$0] }, with: divergence, using: &generator)
    try refuseDivergence()
  }

  /// Trains all layers together, by mean field and persistent chains.
  ///
  /// - Throws: ``BoltzmannError`` when there is no sample, one does not fit or is not finite, or
  ///   training diverges.
  public mutating func train(
    on samples: [Sample], with training: PersistentTraining,
    using generator: inout some RandomNumberGenerator
  ) throws(BoltzmannError) {
    training.train(&machine, on: try clamped(samples), using: &generator)
    try refuseDivergence()
  }

  private func refuseDivergence() throws(BoltzmannError) {
    let isFinite =
      machine.layers.allSatisfy { $0.bias.allSatisfy(\.isFinite) }
      && machine.connections.allSatisfy { $0.weights.allSatisfy(\.isFinite) }
    guard isFinite else { throw .diverged }
  }

  private func clamped(_ samples: [Sample]) throws(BoltzmannError) -> [[Int: [Double]]] {
    guard !samples.isEmpty else { throw .noTrainingSamples }
    var all: [[Int: [Double]]] = []
    for sample in samples { all.append(try clamped(sample)) }
    return all
  }

  /// Trains two neighbours of a pathway, and returns the upper one's means.
  private mutating func pretrain(
    _ lower: Int, _ upper: Int, on values: [[Double]], hiddenCopies: Int,
    with divergence: ContrastiveDivergence, using generator: inout some RandomNumberGenerator
  ) -> [[Double]] {
    var pair = BoltzmannMachine.restricted(
      machine.layers[lower].units, visible: machine.layers[lower].bias.count,
      hidden: machine.layers[upper].bias.count, using: &generator)
    divergence.train(
      &pair, on: values, copies: (visible: 2, hidden: hiddenCopies), using: &generator)
    setWeights(lower, upper, pair.connections[0].weights)
    machine.layers[upper].bias = pair.layers[1].bias.map { $0 / 2 }
    if hiddenCopies == 1 {
      machine.layers[lower].bias = pair.layers[0].bias
    } else {
      addHalf(pair.layers[0].bias[...], to: lower)
    }
    return values.map { pair.field(of: 1, in: [$0, []], scale: 2).map(BoltzmannUnits.binary.mean) }
  }

  /// Trains the joint layer on the pathways' tops side by side.
  private mutating func pretrainJoint(
    on values: [[Double]], with divergence: ContrastiveDivergence,
    using generator: inout some RandomNumberGenerator
  ) {
    let joint = machine.layers[jointLayer].bias.count
    var pair = BoltzmannMachine.restricted(
      .binary, visible: values[0].count, hidden: joint, using: &generator)
    divergence.train(&pair, on: values, copies: (visible: 1, hidden: 2), using: &generator)
    machine.layers[jointLayer].bias = pair.layers[1].bias
    var start = 0
    for top in pathways.compactMap(\.last) {
      let end = start + machine.layers[top].bias.count
      setWeights(
        top, jointLayer, Array(pair.connections[0].weights[(start * joint)..<(end * joint)]))
      addHalf(pair.layers[0].bias[start..<end], to: top)
      start = end
    }
  }

  private mutating func setWeights(_ first: Int, _ second: Int, _ weights: [Double]) {
    for index in machine.connections.indices
    where machine.connections[index].first == first && machine.connections[index].second == second {
      machine.connections[index].weights = weights
    }
  }

  private mutating func addHalf(_ bias: ArraySlice<Double>, to layer: Int) {
    for (unit, value) in bias.enumerated() { machine.layers[layer].bias[unit] += value / 2 }
  }
}
