internal import Imaging

/// How well two scans agree when one is moved.
struct Evaluation {
  /// Less is better.
  let cost: Double

  /// The part of the smaller scan's box that the two have in common, 0 to 1.
  let overlap: Double

  /// The derivative of the cost with respect to an affine displacement of the fixed scan's points,
  /// three rows of four in millimetres over a ``Frame``; empty when it was not asked for.
  var slope: [Double] = []

  /// The Gauss-Newton approximation of the second derivative, 12 × 12; `nil` for a measure that has
  /// none.
  var curvature: [Double]?
}

/// What is minimised: a measure of two scans at one level of the pyramid.
protocol Objective {
  /// The frame of the slope.
  var frame: Frame { get }

  /// Compares the fixed scan with the moving one, read where `transform` leads (millimetres of the
  /// fixed scan to millimetres of the moving one); `nil` when they have nothing in common.
  func evaluate(at transform: AffineMap, withSlope: Bool) -> Evaluation?
}

extension Objective {
  /// A derivative with respect to displacements of the moving scan's voxels, three rows of four, as
  /// one with respect to displacements of the fixed scan's points.
  func pulledBack(_ slope: [Double], through map: AffineMap) -> [Double] {
    let columns = [map.x, map.y, map.z]
    return (0..<12).map { index in
      let (row, column) = (index / 4, index % 4)
      return (0..<3).reduce(0) { $0 + columns[row][$1] * slope[4 * $1 + column] }
    }
  }
}
