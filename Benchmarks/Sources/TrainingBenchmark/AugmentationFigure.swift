import Architecture
import Foundation
import Imaging
import Measuring
import Training

/// 128 patches of 3 × 64³ voxels out of 102³, augmented by two threads.
enum AugmentationFigure {
  private static let patches = 128

  static func measure(data: String, repetitions: Int) throws {
    let sampler = try sampler(data)
    let figure = try Figure("augment/pipeline/chiasm", repetitions: repetitions) {
      make(with: sampler)
    }
    print(try figure.line())
  }

  /// Makes every patch once, shared out as a prefetching queue would.
  private static func make(with sampler: PatchSampler) {
    DispatchQueue.concurrentPerform(iterations: 2) { worker in
      for patch in stride(from: worker, to: patches, by: 2) {
        _ = sampler.batch(step: patch, seed: 100)
      }
    }
  }

  private static func sampler(_ data: String) throws -> PatchSampler {
    let volume = try NumPyFile(data + "/aug_x.npy").values(as: Float.self)
    let labels = try NumPyFile(data + "/aug_y.npy").values(as: Int16.self)
    let voxels = labels.count
    let source = PreprocessedCase(
      name: "case", geometry: Geometry(size: [102, 102, 102], spacing: [1, 1, 1]),
      images: (0..<3).map { Array(volume[($0 * voxels)..<(($0 + 1) * voxels)]) },
      classes: labels.map { UInt8($0) }, classCount: 4)
    let modalities = ["ct", "mri", "pet"].map {
      Plan.ModalityPlan(modality: Modality(name: $0, kind: .mri), normalization: .standardize)
    }
    let level = Topology.Level(channels: 8, kernel: [3, 3, 3], stride: [1, 1, 1])
    let plan = Plan(
      dataset: "benchmark", reference: "ct", modalities: modalities,
      labels: (1...3).map { Label(name: "\($0)", value: $0) }, spacing: [1, 1, 1],
      patchSize: [64, 64, 64], batchSize: 1,
      topology: Topology(levels: [level, level], blocksPerLevel: 1, classes: 4))
    return PatchSampler(
      cases: [source], plan: plan, modalities: [0, 1, 2], foregroundFraction: 0, augments: true)
  }
}
