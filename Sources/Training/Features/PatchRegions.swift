import Randomness

/// Cubes around voxels drawn of each class: the samples of "which label is in this patch?".
public struct PatchRegions: Codable, Hashable, Sendable {
  /// How many to draw of each class that a case shows, background included.
  public var perLabel: Int

  /// The edge of the cube in millimetres; each axis has the nearest odd number of voxels.
  public var edge: Double

  public var seed: UInt64

  public init(perLabel: Int, edge: Double = 12, seed: UInt64 = 1) {
    precondition(perLabel >= 1 && edge > 0, "\(perLabel) patches of \(edge) mm")
    self.perLabel = perLabel
    self.edge = edge
    self.seed = seed
  }

  /// Draws centres without repetition, class by class. The same name and seed draw the same patches.
  ///
  /// - Parameters:
  ///   - classes: The class of every voxel, x fastest.
  ///   - spacing: The voxels' size along x, y and z in millimetres.
  ///   - labels: The names of the classes 1, 2, …
  func regions(
    ofCase name: String, classes: [UInt8], size: SIMD3<Int>, spacing: SIMD3<Double>,
    labels: [String]
  ) -> [FeatureRegion] {
    let key = name.utf8.reduce(UInt64(0xCBF2_9CE4_8422_2325)) {
      ($0 ^ UInt64($1)) &* 0x100_0000_01B3
    }
    var generator = SplitMix64(seed: seed, stream: key)
    var voxels = [[Int]](repeating: [], count: labels.count + 1)
    for (voxel, label) in classes.enumerated() where Int(label) < voxels.count {
      voxels[Int(label)].append(voxel)
    }
    var regions: [FeatureRegion] = []
    for (label, places) in voxels.enumerated() {
      for voxel in Self.choose(perLabel, from: places, using: &generator) {
        let title = label == 0 ? FeatureRegion.backgroundName : labels[label - 1]
        regions.append(
          FeatureRegion(
            name: "patch-\(regions.count)", label: title,
            extent: box(around: voxel, size: size, spacing: spacing)))
      }
    }
    return regions
  }

  private func box(
    around voxel: Int, size: SIMD3<Int>, spacing: SIMD3<Double>
  ) -> FeatureRegion.Extent {
    let centre = SIMD3(voxel % size.x, voxel / size.x % size.y, voxel / (size.x * size.y))
    var (lower, upper) = (centre, centre &+ 1)
    for axis in 0..<3 {
      let reach = Int(((edge / spacing[axis] - 1) / 2).rounded())
      lower[axis] = max(0, centre[axis] - max(0, reach))
      upper[axis] = min(size[axis], centre[axis] + max(0, reach) + 1)
    }
    return .box(lower, upper)
  }

  /// Some of the places, in the order in which they are drawn.
  private static func choose(
    _ most: Int, from places: [Int], using generator: inout SplitMix64
  ) -> [Int] {
    var (places, chosen) = (places, [Int]())
    while chosen.count < most, !places.isEmpty {
      let index = Int.random(in: places.indices, using: &generator)
      chosen.append(places[index])
      places.swapAt(index, places.count - 1)
      places.removeLast()
    }
    return chosen
  }
}
