import Architecture
import Foundation
import Imaging
import Randomness

@testable import Training

/// Small plans and cases that the tests of this target share.
enum Fixtures {
  static let labels = [Label(name: "core", value: 1), Label(name: "shell", value: 7)]

  /// Two modalities, two structures, patches of 8³, three levels of 4, 8 and 8 channels.
  static func plan(patchSize: [Int] = [8, 8, 8], batchSize: Int = 2) -> Plan {
    let kernel = [3, 3, 3]
    return Plan(
      dataset: "fixture", reference: "ct",
      modalities: [
        .init(modality: Modality(name: "ct", kind: .ct), normalization: .standardize),
        .init(modality: Modality(name: "mri", kind: .mri), normalization: .standardize),
      ],
      labels: labels, spacing: [1, 1, 1], patchSize: patchSize, batchSize: batchSize,
      topology: Topology(
        levels: [
          .init(channels: 4, kernel: kernel, stride: [1, 1, 1]),
          .init(channels: 8, kernel: kernel, stride: [2, 2, 2]),
          .init(channels: 8, kernel: kernel, stride: [2, 2, 2]),
        ], blocksPerLevel: 1, classes: 3))
  }

  /// A bright cube (class 1) seen by the first modality, inside a shell (class 2) seen by the second.
  static func preparedCase(_ name: String, size: SIMD3<Int> = [12, 11, 10], seed: UInt64 = 1)
    -> PreprocessedCase
  {
    var generator = SplitMix64(seed: seed)
    let geometry = Geometry(size: size, spacing: [1, 1, 1])
    var classes = [UInt8](repeating: 0, count: geometry.voxelCount)
    var images = [[Float]](repeating: classes.map { _ in 0 }, count: 2)
    let centre = SIMD3<Int>(size.x / 2, size.y / 2, size.z / 2)
    for index in classes.indices {
      let voxel = SIMD3(index % size.x, index / size.x % size.y, index / (size.x * size.y))
      let offset = voxel &- centre
      let distance = max(abs(offset.x), abs(offset.y), abs(offset.z))
      classes[index] = distance < 2 ? 1 : distance < 4 ? 2 : 0
      images[0][index] = (distance < 2 ? 1 : 0) + Float(generator.normal(deviation: 0.1))
      images[1][index] = (distance < 4 ? 1 : 0) + Float(generator.normal(deviation: 0.1))
    }
    return PreprocessedCase(
      name: name, geometry: geometry, images: images, classes: classes, classCount: 3)
  }
}
