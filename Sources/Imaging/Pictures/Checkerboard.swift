/// Pictures of two scans in one, for seeing how well they lie on one another.
public enum Checkerboard {
  private static let gap = 4
  private static let strip = 22

  /// How many fields a checkerboard has along its longer side.
  private static let fields = 8

  /// For each way to lay a scan on the fixed one, a row of an axial, a coronal and a sagittal
  /// checkerboard through the fixed scan's middle, its fields in turn from the fixed scan and from
  /// the other: where both fit, edges go on from field to field.
  ///
  /// As radiologists look at them: the patient's right is on the left of axial and coronal pictures,
  /// the front is at the top of axial and on the left of sagittal ones.
  ///
  /// - Parameters:
  ///   - fixed: The scan whose grid decides what is shown.
  ///   - others: The same or other scans with the rows' titles, each on its own grid.
  ///   - tileSize: The longest side of a tile, in pixels.
  public static func picture(
    of fixed: Volume<Float>, with others: [(title: String, volume: Volume<Float>)],
    tileSize: Int = 256
  ) -> PNGImage {
    let planes = MiddlePlanes(of: fixed.geometry, tileSize: tileSize).planes
    let width = planes.map { $0.size.x + gap }.reduce(0, +) - gap
    let height = planes.map(\.size.y).max() ?? 0
    let window = GreyWindow(of: fixed)
    var canvas = Canvas(width: width, height: others.count * (strip + height))
    for (row, other) in others.enumerated() {
      let top = row * (strip + height)
      canvas.write(other.title, column: 4, row: top + 4)
      let otherWindow = GreyWindow(of: other.volume)
      var left = 0
      for plane in planes {
        let tiles = [
          window.levels(of: fixed, on: plane), otherWindow.levels(of: other.volume, on: plane),
        ]
        draw(tiles, plane.size, on: &canvas, left: left, top: top + strip, side: tileSize / fields)
        left += plane.size.x + gap
      }
    }
    return canvas.image
  }

  private static func draw(
    _ tiles: [[Int]], _ size: SIMD3<Int>, on canvas: inout Canvas, left: Int, top: Int, side: Int
  ) {
    let side = max(1, side)
    for y in 0..<size.y {
      for x in 0..<size.x {
        let level = tiles[(x / side + y / side) % 2][y * size.x + x]
        canvas[left + x, top + y] = .grey(level)
      }
    }
  }
}

/// The three planes through the middle of a grid, as grids of square pixels one slice thick.
struct MiddlePlanes {
  /// Axial, coronal and sagittal; rows from the top.
  let planes: [Geometry]

  init(of grid: Geometry, tileSize: Int) {
    let box = grid.canonical
    let extent = SIMD3<Double>(box.size) * box.spacing
    let pixel = extent.max() / Double(tileSize)
    let middle = box.position(ofVoxel: SIMD3<Double>(box.size &- 1) / 2)
    let (right, front, up) = (box.direction.x, box.direction.y, box.direction.z)
    let views: [(columns: Int, rows: Int, direction: Direction)] = [
      (0, 1, Direction(x: -right, y: -front, z: up)),
      (0, 2, Direction(x: -right, y: -up, z: front)),
      (1, 2, Direction(x: -front, y: -up, z: right)),
    ]
    planes = views.map { view in
      let count = { (axis: Int) in max(1, Int((extent[axis] / pixel).rounded())) }
      return .centred(
        at: middle, size: [count(view.columns), count(view.rows), 1],
        spacing: [pixel, pixel, pixel], direction: view.direction)
    }
  }
}
