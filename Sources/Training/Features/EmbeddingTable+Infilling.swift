import Networks
import Randomness

extension EmbeddingTable {
  /// The same vectors and, for each region of a case that lacks some of the machine's modalities, what the
  /// machine expects of them given the others; marked by ``Row/isInfilled``.
  ///
  /// - Parameters:
  ///   - origin: Of the embeddings that the machine was trained on.
  ///   - sweeps: How many Gibbs sweeps are averaged.
  /// - Throws: ``EmbeddingError/otherFeatures(than:)`` when the machine was trained on other features, and
  ///   `BoltzmannError` when vectors are not of its width.
  public func infilled(
    by machine: FeatureMachine, trainedOn origin: EmbeddingOrigin, sweeps: Int = 200,
    seed: UInt64 = 1
  ) throws -> EmbeddingTable {
    guard origin.weights == self.origin.weights, origin.source == self.origin.source else {
      throw EmbeddingError.otherFeatures(than: "the machine was trained on")
    }
    for (name, fit) in zip(machine.modalities, machine.standardizations)
    where fit.mean.count != width {
      throw BoltzmannError.featureCount(
        modality: name, expected: fit.mean.count, found: width)
    }
    var generator = SplitMix64(seed: seed)
    var filled = self
    for sample in samples() where machine.modalities.contains(where: { sample.vectors[$0] != nil })
    {
      let found = try machine.infilled(sample, sweeps: sweeps, using: &generator)
      for name in machine.modalities where sample.vectors[name] == nil {
        guard let vector = found.vectors[name] else { continue }
        filled.add(
          Row(
            caseName: sample.caseName, modality: name, region: sample.region,
            label: sample.label, volume: sample.volume, isInfilled: true),
          vector.map { Float($0) })
      }
    }
    return filled
  }
}
