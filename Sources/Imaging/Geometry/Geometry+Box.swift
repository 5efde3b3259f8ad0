/// The box of space that a grid fills, and grids that fill the same box.
extension Geometry {
  /// The lowest and highest coordinates, in millimetres, that the voxels (not their centres) reach.
  public var bounds: (lower: SIMD3<Double>, upper: SIMD3<Double>) {
    let corners = corners(outset: 0.5)
    return corners.dropFirst().reduce((lower: corners[0], upper: corners[0])) { box, corner in
      (lower: pointwiseMin(box.lower, corner), upper: pointwiseMax(box.upper, corner))
    }
  }

  /// Whether the bounds of the two grids have room in common.
  public func overlaps(_ other: Geometry) -> Bool {
    let (mine, theirs) = (bounds, other.bounds)
    return (0..<3).allSatisfy {
      mine.lower[$0] < theirs.upper[$0] && theirs.lower[$0] < mine.upper[$0]
    }
  }

  /// Whether the sizes are equal and no corner voxel lies further than this from its counterpart.
  public func agrees(with other: Geometry, withinMillimetres tolerance: Double = 1e-3) -> Bool {
    size == other.size
      && zip(corners(outset: 0), other.corners(outset: 0)).allSatisfy {
        ($0 - $1).length <= tolerance
      }
  }

  /// The same voxels with the axes permuted and flipped so that x, y and z point as closely as they
  /// can to right, anterior and superior.
  public var canonical: Geometry {
    let columns = [map.x, map.y, map.z]
    let order = axesClosestToRightAnteriorSuperior
    var start = origin
    let turned = (0..<3).map { axis -> SIMD3<Double> in
      let column = columns[order[axis]]
      guard column[axis] < 0 else { return column }
      start += column * Double(size[order[axis]] - 1)
      return -column
    }
    return Geometry(
      size: [size[order[0]], size[order[1]], size[order[2]]],
      map: AffineMap(x: turned[0], y: turned[1], z: turned[2], offset: start))
  }

  /// The most voxels that ``respaced(to:)`` puts along an axis: their cube can still be counted.
  public static let mostVoxelsAlongAnAxis = 1 << 20

  /// A grid with exactly the given spacing (millimetres) over the same box, its centre kept.
  ///
  /// The size is the nearest whole number of voxels, from one to ``mostVoxelsAlongAnAxis``; a box
  /// that would need more is not filled, so that a spacing which cannot be meant is no crash.
  ///
  /// - Precondition: The new spacing is positive.
  public func respaced(to newSpacing: SIMD3<Double>) -> Geometry {
    precondition(newSpacing.min() > 0, "a spacing of \(newSpacing) mm is not positive")
    let most = SIMD3<Double>(repeating: Double(Self.mostVoxelsAlongAnAxis))
    let exactSize = pointwiseMin(SIMD3<Double>(size) * spacing / newSpacing, most)
    let newSize = pointwiseMax(SIMD3<Int>(exactSize, rounding: .toNearestOrEven), .one)
    let centre = position(ofVoxel: SIMD3<Double>(size &- 1) / 2)
    let half = SIMD3<Double>(newSize &- 1) / 2 * newSpacing
    let toCentre = direction.x * half.x + direction.y * half.y + direction.z * half.z
    return Geometry(
      size: newSize, spacing: newSpacing, origin: centre - toCentre, direction: direction)
  }

  /// The eight corner voxels' centres moved outwards by `outset` voxels, in millimetres.
  private func corners(outset: Double) -> [SIMD3<Double>] {
    let last = SIMD3<Double>(size &- 1) + outset
    return (0..<8).map { corner in
      position(ofVoxel: [
        corner & 1 == 0 ? -outset : last.x, corner & 2 == 0 ? -outset : last.y,
        corner & 4 == 0 ? -outset : last.z,
      ])
    }
  }

  /// The voxel axis for each of right, anterior and superior: of the six ways, the one whose axes
  /// are together closest.
  private var axesClosestToRightAnteriorSuperior: [Int] {
    let axes = [direction.x, direction.y, direction.z]
    let ways = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]]
    let closeness = ways.map { way in (0..<3).map { abs(axes[way[$0]][$0]) }.reduce(0, +) }
    let best = closeness.indices.reduce(0) { closeness[$1] > closeness[$0] + 1e-9 ? $1 : $0 }
    return ways[best]
  }
}
