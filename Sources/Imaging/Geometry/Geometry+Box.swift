/// The box of space that a grid fills, and grids that fill the same box.
extension Geometry {
  /// The lowest and highest coordinates, in millimetres, that the voxels (not their centres) reach.
  public var bounds: (lower: SIMD3<Double>, upper: SIMD3<Double>) {
    let corners = corners(outset: 0.5)
    return corners.dropFirst().reduce((lower: corners[0], upper: corners[0])) { box, corner in
      (lower: pointwiseMin(box.lower, corner), upper: pointwiseMax(box.upper, corner))
    }
  }

  /// Whether the boxes of the two grids, at whatever angle, have room in common.
  ///
  /// Source: S. Gottschalk, M. Lin, D. Manocha, "OBBTree", SIGGRAPH 1996: two boxes are apart when
  /// their shadows are apart on a normal of a face of one, or on a cross product of an edge of each.
  public func overlaps(_ other: Geometry) -> Bool {
    let (mine, theirs) = (corners(outset: 0.5), other.corners(outset: 0.5))
    let (edges, otherEdges) = (map.edges, other.map.edges)
    let normals = [edges, otherEdges].flatMap { edges in
      (0..<3).map { edges[$0].crossed(with: edges[($0 + 1) % 3]) }
    }
    let crosses = edges.flatMap { edge in otherEdges.map { edge.crossed(with: $0) } }
    // Parallel edges have no cross product, and the normals have said all by then.
    return (normals + crosses.filter { $0.length > 1e-9 }).allSatisfy { line in
      let (shadow, otherShadow) = (shadow(of: mine, on: line), shadow(of: theirs, on: line))
      return shadow.lowerBound < otherShadow.upperBound
        && otherShadow.lowerBound < shadow.upperBound
    }
  }

  private func shadow(
    of corners: [SIMD3<Double>], on line: SIMD3<Double>
  ) -> ClosedRange<Double> {
    let places = corners.map { ($0 * line).sum() }
    return (places.min() ?? 0)...(places.max() ?? 0)
  }

  /// Refuses a grid that has no room in common with the one it is to be brought on to.
  ///
  /// - Throws: ``ImagingError/noOverlap(path:scan:reference:)`` with both boxes in millimetres.
  public func checkOverlap(with reference: Geometry, at path: String) throws(ImagingError) {
    guard overlaps(reference) else {
      throw .noOverlap(path: path, scan: self, reference: reference)
    }
  }

  /// How much two directions that mean the same may differ.
  private static let directionNoise = 1e-6

  /// Whether the sizes are equal and no corner voxel lies further than this from its counterpart.
  ///
  /// Far from the first voxel more is allowed, as much as a noise of 1e-6 in each number of the
  /// direction makes: tools round directions, and an image and its mask are then on one grid still.
  public func agrees(with other: Geometry, withinMillimetres tolerance: Double = 1e-3) -> Bool {
    let noise = SIMD3<Double>(size) * spacing * Self.directionNoise
    return size == other.size
      && (0..<8).allSatisfy { corner in
        let reach = (0..<3).map { corner >> $0 & 1 == 0 ? 0 : noise[$0] }.reduce(0, +)
        let (mine, theirs) = (corners(outset: 0)[corner], other.corners(outset: 0)[corner])
        return (mine - theirs).length <= tolerance + 2 * reach
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

  /// A grid with exactly the given size over the same box; the spacing is what follows from it.
  ///
  /// - Precondition: The size is positive.
  public func resized(to newSize: SIMD3<Int>) -> Geometry {
    let newSpacing = SIMD3<Double>(size) * spacing / SIMD3<Double>(newSize)
    // The first centre lies half a new voxel from the box's corner instead of half an old one.
    let shift = (newSpacing - spacing) / 2
    let start = origin + direction.x * shift.x + direction.y * shift.y + direction.z * shift.z
    return Geometry(size: newSize, spacing: newSpacing, origin: start, direction: direction)
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
