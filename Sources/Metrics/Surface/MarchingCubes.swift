/// The surface inside a cube whose eight corners are voxels of a mask, for each of the 256 ways in
/// which they can be inside or outside.
///
/// A code's bit `7 - (4a + 2b + c)` says whether the corner at `(a, b, c)`, each 0 or 1 along x, y
/// and z, is inside. The surface cuts the edges between inside and outside at their middles. On a
/// face with two opposite corners inside, those corners are cut off that the cube has fewer of. A
/// polygon of more than three corners is cut into the triangles whose area is greatest in a unit
/// cube; in a cuboid they are the same triangles, stretched. This reproduces the areas that the
/// package surface-distance weights its surface elements with, for every code and spacing.
///
/// Source: W. Lorensen, H. Cline, "Marching Cubes: A High Resolution 3D Surface Construction
/// Algorithm", SIGGRAPH 1987; S. Nikolov et al., "Deep learning to achieve clinically applicable
/// segmentation of head and neck anatomy for radiotherapy", 2018.
enum MarchingCubes {
  /// The area in mm² of the surface of each code, between voxels of `spacing` millimetres.
  static func areas(spacing: SIMD3<Double>) -> [Double] {
    let stretch: SIMD3<Double> = [
      spacing.y * spacing.z, spacing.x * spacing.z, spacing.x * spacing.y,
    ]
    return normals.map { triangles in
      triangles.reduce(0) { area, normal in
        let stretched = normal * stretch
        return area + (stretched * stretched).sum().squareRoot()
      }
    }
  }

  /// The triangles of each code in a unit cube: their normals, as long as their area.
  private static let normals: [[SIMD3<Double>]] = (0..<256).map { code in
    polygons(of: code).flatMap { triangles(of: $0.map(\.middle)).normals }
  }

  /// An edge of the cube: its axis, and the coordinates of its start.
  private struct Edge: Hashable {
    let start: Int
    let axis: Int

    /// The corner at the other end.
    var end: Int { start | MarchingCubes.bit(axis) }

    var middle: SIMD3<Double> {
      (MarchingCubes.position(start) + MarchingCubes.position(end)) / 2
    }
  }

  /// The weight of an axis in a corner's number `4a + 2b + c`.
  private static func bit(_ axis: Int) -> Int { 4 >> axis }

  private static func position(_ corner: Int) -> SIMD3<Double> {
    [Double(corner >> 2 & 1), Double(corner >> 1 & 1), Double(corner & 1)]
  }

  private static func isInside(_ corner: Int, _ code: Int) -> Bool { code >> (7 - corner) & 1 == 1 }

  /// The closed lines in which the surface crosses the cube's faces.
  private static func polygons(of code: Int) -> [[Edge]] {
    var links: [Edge: [Edge]] = [:]
    for axis in 0..<3 {
      for side in [0, bit(axis)] {
        for (first, second) in segments(onFace: axis, side: side, of: code) {
          links[first, default: []].append(second)
          links[second, default: []].append(first)
        }
      }
    }
    var polygons: [[Edge]] = []
    while let start = links.keys.min(by: { ($0.axis, $0.start) < ($1.axis, $1.start) }) {
      var polygon: [Edge] = []
      var next: Edge? = start
      while let edge = next {
        polygon.append(edge)
        let neighbours = links.removeValue(forKey: edge) ?? []
        next = neighbours.first { links[$0] != nil }
      }
      polygons.append(polygon)
    }
    return polygons
  }

  /// The lines between cut edges on one face, none, one or two.
  private static func segments(
    onFace axis: Int, side: Int, of code: Int
  ) -> [(Edge, Edge)] {
    let (first, second) = (bit((axis + 1) % 3), bit((axis + 2) % 3))
    let corners = [side, side | first, side | first | second, side | second]
    let edges = [
      Edge(start: side, axis: (axis + 1) % 3), Edge(start: side | first, axis: (axis + 2) % 3),
      Edge(start: side | second, axis: (axis + 1) % 3), Edge(start: side, axis: (axis + 2) % 3),
    ]
    let cut = edges.filter { isInside($0.start, code) != isInside($0.end, code) }
    guard cut.count == 4 else { return cut.count == 2 ? [(cut[0], cut[1])] : [] }
    let isRare = code.nonzeroBitCount <= 4
    return corners.indices.filter { isInside(corners[$0], code) == isRare }
      .map { (edges[$0], edges[($0 + 3) % 4]) }
  }

  /// The division of a polygon into triangles whose area is greatest.
  private static func triangles(
    of points: [SIMD3<Double>]
  ) -> (area: Double, normals: [SIMD3<Double>]) {
    guard points.count > 2 else { return (0, []) }
    let (first, last) = (points[0], points[points.count - 1])
    var best: (area: Double, normals: [SIMD3<Double>]) = (-1, [])
    for middle in 1..<points.count - 1 {
      let normal = cross(points[middle] - first, last - first) / 2
      let (left, right) = (
        triangles(of: Array(points[...middle])), triangles(of: Array(points[middle...]))
      )
      let area = left.area + right.area + (normal * normal).sum().squareRoot()
      // Equal areas differ by rounding, and then the first division is kept.
      if area > best.area + 1e-9 { best = (area, left.normals + right.normals + [normal]) }
    }
    return best
  }

  private static func cross(_ left: SIMD3<Double>, _ right: SIMD3<Double>) -> SIMD3<Double> {
    [
      left.y * right.z - left.z * right.y, left.z * right.x - left.x * right.z,
      left.x * right.y - left.y * right.x,
    ]
  }
}
