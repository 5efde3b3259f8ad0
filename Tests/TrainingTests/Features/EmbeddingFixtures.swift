import Randomness

@testable import Training

/// Made-up embeddings.
enum EmbeddingFixtures {
  static func origin(
    dataset: String = "fixture", weights: String = "w", learnt: [String]? = []
  ) -> EmbeddingOrigin {
    EmbeddingOrigin(
      dataset: dataset, network: "fused", weights: weights,
      source: FeatureSource(level: 2, kind: .encoder), regions: .reference, trainingCases: learnt)
  }

  static func row(
    _ name: String, _ modality: String, _ region: String = "whole", label: String? = nil,
    volume: Double = 8
  ) -> EmbeddingTable.Row {
    .init(caseName: name, modality: modality, region: region, label: label, volume: volume)
  }

  /// Cases with regions of two labels. Of three features the first is what the label is in CT, the
  /// second in MRI; the third is the case's own, the same in both, and so is twice the volume in it.
  static func table(
    cases: Int = 12, dataset: String = "fixture", seed: UInt64 = 1, noise: Double = 0.1
  ) -> EmbeddingTable {
    var generator = SplitMix64(seed: seed)
    var table = EmbeddingTable(origin: origin(dataset: dataset), width: 3)
    for index in 0..<cases {
      let own = generator.normal()
      for (sign, region) in [(0.0, "whole"), (1, "core"), (-1, "shell")] {
        for (place, modality) in ["ct", "mri"].enumerated() {
          var vector = [0, 0, own].map { $0 + generator.normal(deviation: noise) }
          vector[place] += sign
          table.add(
            row(
              "case-\(index)", modality, region, label: region == "whole" ? nil : region,
              volume: 1000 * (5 + 2 * own)), vector.map { Float($0) })
        }
      }
    }
    return table
  }
}
