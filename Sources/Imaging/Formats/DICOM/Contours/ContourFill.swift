/// Fills contours on a grid: a voxel is inside when its centre is.
///
/// The contours of one plane are filled together by the even-odd rule, so that one inside another is
/// a hole, and so is what a narrow keyhole joins to the outside. A centre exactly on a line counts
/// as inside on the side of the lower index and as outside on the other, so that regions that share
/// a line share no voxel. A slice takes the nearest plane with contours: at most half a slice away,
/// or half the distance of planes where they are further apart than slices.
struct ContourFill {
  /// How far, in slices, the corners of one contour may lie out of its plane.
  private static let flatness = 0.5

  private let geometry: Geometry

  init(on geometry: Geometry) {
    self.geometry = geometry
  }

  /// Calls `body` with the runs of voxels inside a region: y, z, and the range along x.
  ///
  /// - Throws: ``ImagingError/unsupported(path:found:advice:)`` for contours that do not lie in the
  ///   planes of the slices.
  func fill(
    _ region: StructureSet.Region, path: String, _ body: (Int, Int, Range<Int>) -> Void
  ) throws(ImagingError) {
    let planes = try planes(of: region, path)
    let heights = planes.map(\.height)
    let gaps = zip(heights, heights.dropFirst()).map { $1 - $0 }.sorted()
    let usual = gaps.isEmpty ? 1 : gaps[gaps.count / 2]
    let reach = max(1, usual) / 2
    for slice in 0..<geometry.size.z {
      guard let plane = nearest(heights, to: Double(slice), reach) else { continue }
      rows(of: planes[plane].contours) { y, range in body(y, slice, range) }
    }
  }

  /// Contours in one plane, whose height is counted in slices.
  private struct Plane {
    var height: Double
    var contours: [[SIMD2<Double>]]
  }

  private func planes(
    of region: StructureSet.Region, _ path: String
  ) throws(ImagingError) -> [Plane] {
    var planes: [Plane] = []
    var placed: [(height: Double, points: [SIMD2<Double>])] = []
    for contour in region.contours where contour.points.count > 2 {
      let voxels = contour.points.map { geometry.voxel(at: $0) }
      let heights = voxels.map(\.z)
      let height = heights.reduce(0, +) / Double(heights.count)
      guard heights.allSatisfy({ abs($0 - height) <= Self.flatness }) else {
        throw .unsupported(
          path: path,
          found: "contours of \"\(region.name)\" that do not lie in the planes of the slices",
          advice: "Draw them on the slices of the series.")
      }
      placed.append((height, voxels.map { [$0.x, $0.y] }))
    }
    for (height, points) in placed.sorted(by: { $0.height < $1.height }) {
      // A hundredth of a slice is what rounding does, not another plane.
      if let last = planes.last, height - last.height < 0.01 {
        planes[planes.count - 1].contours.append(points)
      } else {
        planes.append(Plane(height: height, contours: [points]))
      }
    }
    return planes
  }

  /// The plane nearest to a slice, the lower of two at one distance.
  private func nearest(_ heights: [Double], to slice: Double, _ reach: Double) -> Int? {
    // The lower edge belongs to the slice and the upper does not, so that no slice is filled twice.
    let near = heights.indices.filter {
      heights[$0] - slice >= -reach && heights[$0] - slice < reach
    }
    return near.min { abs(heights[$0] - slice) < abs(heights[$1] - slice) }
  }

  /// The runs inside contours, row by row.
  private func rows(of contours: [[SIMD2<Double>]], _ body: (Int, Range<Int>) -> Void) {
    var crossings: [Int: [Double]] = [:]
    for contour in contours {
      for (index, start) in contour.enumerated() {
        let end = contour[(index + 1) % contour.count]
        let (low, high) = start.y < end.y ? (start, end) : (end, start)
        // Rows from the lower end, which is part of the line, to the upper, which is not.
        let first = max(0, low.y.rounded(.up))
        let last = min(Double(geometry.size.y), high.y.rounded(.up))
        guard first < last else { continue }
        for row in Int(first)..<Int(last) {
          let share = (Double(row) - low.y) / (high.y - low.y)
          crossings[row, default: []].append(low.x + (high.x - low.x) * share)
        }
      }
    }
    for (row, places) in crossings.sorted(by: { $0.key < $1.key }) {
      let sorted = places.sorted()
      for index in stride(from: 0, to: sorted.count - 1, by: 2) {
        let start = max(0, sorted[index].rounded(.up))
        let end = min(Double(geometry.size.x), sorted[index + 1].rounded(.up))
        if start < end { body(row, Int(start)..<Int(end)) }
      }
    }
  }
}
