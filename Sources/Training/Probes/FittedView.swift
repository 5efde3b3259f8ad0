import Networks

/// A view with what it has learnt from training samples about the features: their means and deviations,
/// or a Boltzmann machine. Labels are not looked at.
struct FittedView {
  private let view: ProbeView
  private let modalities: [String]

  /// One per modality of the view, or one for what is a single vector.
  private let standardizations: [Standardization]

  private let machine: FeatureMachine?

  /// - Parameters:
  ///   - samples: All of them have all modalities and, for ``ProbeView/fused``, what the network fused.
  ///   - machine: Where the view needs one: trained on the same samples.
  init(
    _ view: ProbeView, modalities: [String], samples: [RegionSample], machine: FeatureMachine?
  ) {
    precondition(!view.needsMachine || machine != nil, "'\(view.title)' without a machine")
    self.view = view
    self.machine = machine
    switch view {
    case .single(let name): self.modalities = [name]
    case .remaining(let absent): self.modalities = modalities.filter { $0 != absent }
    default: self.modalities = modalities
    }
    switch view {
    case .single, .remaining, .concatenated:
      standardizations = self.modalities.map { name in
        Standardization(samples.compactMap { $0.vectors[name] })
      }
    case .mean:
      standardizations = [Standardization(samples.map { Self.mean($0, modalities) })]
    case .fused: standardizations = [Standardization(samples.compactMap(\.fused))]
    case .joint: standardizations = []
    }
  }

  /// What a probe reads of a sample, which may lack modalities.
  ///
  /// - Parameter generator: Draws what a machine fills in.
  /// - Throws: `BoltzmannError` when the sample has no modality of the machine's.
  func callAsFunction(
    _ sample: RegionSample, using generator: inout some RandomNumberGenerator
  ) throws(BoltzmannError) -> [Double] {
    switch view {
    case .single, .remaining, .concatenated(.means): return sideBySide(sample) { $0.mean }
    case .concatenated(.zeros): return sideBySide(sample) { $0.mean.map { _ in 0 } }
    case .concatenated(.machine):
      let filled = try machine?.infilled(sample, using: &generator) ?? sample
      return sideBySide(filled) { $0.mean }
    case .mean: return standardizations[0](Self.mean(sample, modalities))
    case .fused: return standardizations[0](sample.fused ?? standardizations[0].mean)
    case .joint: return try machine?.representation(of: sample) ?? []
    }
  }

  private func sideBySide(
    _ sample: RegionSample, absent: (Standardization) -> [Double]
  ) -> [Double] {
    zip(modalities, standardizations).flatMap { name, standardize in
      standardize(sample.vectors[name] ?? absent(standardize))
    }
  }

  /// Over the modalities that are there.
  private static func mean(_ sample: RegionSample, _ modalities: [String]) -> [Double] {
    let vectors = modalities.compactMap { sample.vectors[$0] }
    guard let first = vectors.first else { return [] }
    return first.indices.map { index in
      vectors.reduce(0) { $0 + $1[index] } / Double(vectors.count)
    }
  }
}
