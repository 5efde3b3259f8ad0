internal import Imaging

/// Where the search for an alignment begins.
public enum InitialPlacement: String, Hashable, Sendable, Codable, CaseIterable {
  /// As the scans' headers place them.
  case header

  /// The middles of the two boxes on one another.
  case centre

  /// The centres of mass on one another; what is darkest weighs nothing.
  case mass

  /// The movement from the fixed scan's millimetres to the moving one's.
  func transform(fixed: Volume<Float>, moving: Volume<Float>) -> AffineMap {
    let shift: SIMD3<Double> =
      switch self {
      case .header: .zero
      case .centre: moving.geometry.middle - fixed.geometry.middle
      case .mass: moving.centreOfMass - fixed.centreOfMass
      }
    return AffineMap(x: [1, 0, 0], y: [0, 1, 0], z: [0, 0, 1], offset: shift)
  }
}

extension Volume<Float> {
  /// The mean position in millimetres, weighted by how much brighter than the darkest a voxel is.
  fileprivate var centreOfMass: SIMD3<Double> {
    let darkest = voxels.min() ?? 0
    var (total, sum) = (0.0, SIMD3<Double>.zero)
    var index = 0
    for z in 0..<geometry.size.z {
      for y in 0..<geometry.size.y {
        for x in 0..<geometry.size.x {
          let weight = Double(voxels[index] - darkest)
          total += weight
          sum += weight * SIMD3(Double(x), Double(y), Double(z))
          index += 1
        }
      }
    }
    return total > 0 ? geometry.position(ofVoxel: sum / total) : geometry.middle
  }
}
