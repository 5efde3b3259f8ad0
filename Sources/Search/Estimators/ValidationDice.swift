import Architecture
import Imaging
import Training

/// Measures Dice on whole cases, from all of their modalities or from every subset of them.
struct ValidationDice {
  let plan: Plan
  let cases: [PreprocessedCase]
  let subsets: SubsetScore

  /// What was found.
  struct Measured {
    /// The score.
    let dice: Double

    /// The score of each structure, by the label's name.
    let byLabel: [String: Double]

    /// The mean over the structures from each subset, by its title; `nil` when only all counted.
    let bySubset: [String: Double]?
  }

  /// Some cases with some of their modalities, and where they are among all cases.
  private struct Part {
    let modalities: [String]
    let indices: [Int]
    let cases: [PreprocessedCase]
  }

  /// Dice of a network.
  ///
  /// A network that reads nothing of what a case has finds nothing in it.
  func measure(_ predictor: Predictor) throws -> Measured {
    try measured { part in try part.cases.map { try scores(of: $0, by: predictor) } }
  }

  /// A network's scores for every case, from all that it has.
  func scores(by predictor: Predictor) throws -> [ScoreMap] {
    try cases.map { try scores(of: $0, by: predictor) }
  }

  /// Dice of the mean of what a network for each modality says of the cases.
  ///
  /// - Parameter probabilities: For each modality of the plan, for every case, the class probabilities.
  func measure(lateFusionOf probabilities: [[ScoreMap]]) -> Measured {
    measured { part in
      let voices = zip(plan.modalities, probabilities)
        .filter { part.modalities.contains($0.0.modality.name) }.map(\.1)
      return part.indices.map { index in ScoreMap.mean(of: voices.map { $0[index] }) }
    }
  }

  private func measured(_ scores: (Part) throws -> [ScoreMap]) rethrows -> Measured {
    var found: [(title: String, mean: Double, byLabel: [String: Double])] = []
    for part in parts {
      let dice = dice(of: try scores(part), on: part.cases)
      found.append((ModalitySubsets.title(of: part.modalities), dice.mean, dice.byLabel))
    }
    let labels = Set(found.flatMap(\.byLabel.keys))
    let byLabel = labels.map { label in
      (label, subsets.combine(found.compactMap { $0.byLabel[label] }))
    }
    return Measured(
      dice: subsets.combine(found.map(\.mean)),
      byLabel: Dictionary(uniqueKeysWithValues: byLabel),
      bySubset: subsets == .full
        ? nil : Dictionary(uniqueKeysWithValues: found.map { ($0.title, $0.mean) }))
  }

  /// All cases as they are; or for every subset the cases that have all of it, without the rest, where
  /// there are any.
  private var parts: [Part] {
    let names = plan.modalities.map(\.modality.name)
    guard subsets != .full else {
      return [Part(modalities: names, indices: Array(cases.indices), cases: cases)]
    }
    return ModalitySubsets.all(of: names).compactMap { subset in
      let wanted = names.map(subset.contains)
      let indices = cases.indices.filter { index in
        zip(cases[index].images, wanted).allSatisfy { $0 != nil || !$1 }
      }
      guard !indices.isEmpty else { return nil }
      return Part(
        modalities: subset, indices: indices, cases: indices.map { cases[$0].keeping(wanted) })
    }
  }

  private func scores(of prepared: PreprocessedCase, by predictor: Predictor) throws -> ScoreMap {
    do {
      return try predictor.scores(of: prepared)
    } catch TrainingError.missingModalities {
      let classes = plan.topology.classes
      return ScoreMap(
        geometry: prepared.geometry, classes: classes,
        values: Array(repeating: 0, count: classes * prepared.geometry.voxelCount))
    }
  }

  /// Dice on the working grid: the mean over the cases that show a structure, then over structures.
  private func dice(
    of scores: [ScoreMap], on cases: [PreprocessedCase]
  ) -> (mean: Double, byLabel: [String: Double]) {
    var byLabel: [String: Double] = [:]
    let masks = scores.map { $0.winners() }
    for (index, label) in plan.labels.enumerated() {
      let values = zip(masks, cases).compactMap { mask, truth in
        truth.classes.flatMap { Self.dice(of: UInt8(index + 1), in: mask, $0) }
      }
      if !values.isEmpty { byLabel[label.name] = values.reduce(0, +) / Double(values.count) }
    }
    let mean = byLabel.isEmpty ? 0 : byLabel.values.sorted().reduce(0, +) / Double(byLabel.count)
    return (mean, byLabel)
  }

  /// `nil` when neither mask shows the class.
  private static func dice(of label: UInt8, in mask: [UInt8], _ truth: [UInt8]) -> Double? {
    var shared = 0
    var sizes = 0
    for (guess, value) in zip(mask, truth) {
      if guess == label { sizes += 1 }
      if value == label { sizes += 1 }
      if guess == label && value == label { shared += 1 }
    }
    return sizes == 0 ? nil : 2 * Double(shared) / Double(sizes)
  }
}
