import Training

/// Embeddings of four cases that were not learnt from, without a network.
enum MadeUpEmbeddings {
  static func origin(weights: String = "w") -> EmbeddingOrigin {
    EmbeddingOrigin(
      dataset: "made up", network: "fused", weights: weights,
      source: FeatureSource(level: 2, kind: .encoder), regions: .reference, trainingCases: [])
  }

  /// Vectors of two numbers that point east, north, west and south, alike in both modalities; the third
  /// case has no MRI.
  static func fourDirections() -> EmbeddingTable {
    var table = EmbeddingTable(origin: origin(), width: 2)
    for (name, vector) in [("e", [1, 0]), ("n", [0, 1]), ("w", [-1, 0]), ("s", [0, -1])] {
      for modality in ["ct", "mri"] where name != "w" || modality == "ct" {
        table.add(
          .init(caseName: name, modality: modality, region: "whole", label: nil, volume: 8),
          vector.map { Float($0) })
      }
    }
    return table
  }

  /// Two structures per case. The first number tells which it is, the second how large it is.
  static func structures() -> EmbeddingTable {
    var table = EmbeddingTable(origin: origin(), width: 2)
    for index in 0..<6 {
      for (sign, label) in [(1, "core"), (-1, "shell")] {
        let volume = Double(1000 * (1 + index))
        for modality in ["ct", "mri"] {
          table.add(
            .init(
              caseName: "case-\(index)", modality: modality, region: label, label: label,
              volume: volume), [Float(sign), Float(index)])
        }
      }
    }
    return table
  }
}
