public import Metrics
import Randomness

/// What frozen features are good for: linear probes, cross-validated by case.
///
/// Everything that is fitted, the features' means and a machine too, sees the training folds alone.
public struct ProbeRun: Sendable {
  public let table: EmbeddingTable

  /// At most this many; no more than there are cases.
  public var folds = 5

  /// Of the squared weights of standardised features.
  public var penalty = 1.0

  public var seed: UInt64 = 1
  public var bootstrap = Bootstrap()

  /// The Boltzmann machine of the views that need one; `nil`: they are left out.
  public var machine: MachineOptions?

  /// A modality that probes learn with and are judged without.
  public var withheld: String?

  /// - Parameter table: What a machine filled in counts as absent.
  public init(_ table: EmbeddingTable) { self.table = table.withoutInfilled() }

  /// What is compared: each modality, then what is made of several.
  public var views: [ProbeView] {
    let singles = table.modalities.filter { $0 != withheld }.map(ProbeView.single)
    guard table.modalities.count > 1 else { return singles }
    let hasFused = table.rows.contains { $0.modality == EmbeddingTable.fusedName }
    var views = singles
    if let withheld, singles.count > 1 { views.append(.remaining(without: withheld)) }
    views.append(.concatenated(.means))
    if withheld != nil {
      views += [.concatenated(.zeros)] + (machine == nil ? [] : [.concatenated(.machine)])
    }
    views.append(.mean)
    // What a network would have made of fewer modalities is not in the table.
    if hasFused, withheld == nil { views.append(.fused) }
    return views + (machine == nil ? [] : [.joint])
  }

  /// The samples of a kind whose cases have all modalities.
  ///
  /// - Throws: ``EmbeddingError/tooLittle(problem:)`` when they are of fewer than two cases.
  func complete(_ isWanted: (RegionSample) -> Bool) throws(EmbeddingError) -> [RegionSample] {
    let modalities = table.modalities
    let hasFused = table.rows.contains { $0.modality == EmbeddingTable.fusedName }
    let samples = table.samples().filter { sample in
      isWanted(sample) && modalities.allSatisfy { sample.vectors[$0] != nil }
        && (sample.fused != nil || !hasFused)
    }
    let cases = Set(samples.map(\.caseName)).count
    guard cases > 1 else {
      throw .tooLittle(
        problem:
          "\(cases) case\(cases == 1 ? "" : "s") with \(modalities.joined(separator: ", ")) and "
          + "such regions, and probes are learnt from some cases and judged on others")
    }
    return samples
  }

  /// A prediction for each sample by what was fitted to the folds that it is not in.
  ///
  /// - Parameter fit: Told the places of the training samples and the number of the fold.
  func predictions<Value>(
    for samples: [RegionSample],
    fit: (_ training: [Int], _ fold: Int) throws -> (RegionSample) throws -> Value
  ) throws -> [Value] {
    let split = CaseFolds(samples.map(\.caseName), count: folds, seed: seed)
    var found = [Value?](repeating: nil, count: samples.count)
    for (fold, held) in split.folds.enumerated() {
      let predict = try fit(
        samples.indices.filter { !held.contains(samples[$0].caseName) }, fold)
      for place in samples.indices where held.contains(samples[place].caseName) {
        var sample = samples[place]
        if let withheld { sample.vectors[withheld] = nil }
        found[place] = try predict(sample)
      }
    }
    // Every case is in a fold.
    return found.compactMap(\.self)
  }

  /// One machine per fold, trained without it; empty when none is wanted.
  func machines(for samples: [RegionSample]) throws -> [FeatureMachine] {
    guard let machine, table.modalities.count > 1 else { return [] }
    let split = CaseFolds(samples.map(\.caseName), count: folds, seed: seed)
    return try split.folds.map { held in
      try FeatureMachine(
        trainedOn: samples.filter { !held.contains($0.caseName) }, modalities: table.modalities,
        options: machine)
    }
  }

  /// A view fitted to training samples, and what it makes of them.
  func fitted(
    _ view: ProbeView, to samples: [RegionSample], _ machine: FeatureMachine?
  ) throws -> (view: FittedView, inputs: [[Double]]) {
    let fitted = FittedView(
      view, modalities: table.modalities, samples: samples, machine: machine)
    var generator = SplitMix64(seed: seed)
    return (fitted, try samples.map { try fitted($0, using: &generator) })
  }
}
