public import Imaging

/// Why a prediction could not be compared with its reference.
public enum MetricsError: Error, Equatable, CustomStringConvertible, Sendable {
  /// The two masks are not on one grid.
  case gridMismatch(
    prediction: String, reference: String, predicted: Geometry, expected: Geometry)

  /// The summary could not be written as JSON.
  case unencodable(reason: String)

  public var description: String {
    switch self {
    case .gridMismatch(let prediction, let reference, let predicted, let expected):
      """
      \(prediction): the prediction is on a different grid from \(reference).
        prediction: \(predicted)
        reference:  \(expected)
        \(Self.difference(of: predicted, from: expected))
      Resample the prediction on to the reference's grid with nearest-neighbour interpolation.
      """
    case .unencodable(let reason):
      "The summary cannot be written as JSON: \(reason)"
    }
  }

  /// By how much two grids differ, in words.
  private static func difference(of predicted: Geometry, from expected: Geometry) -> String {
    guard predicted.size == expected.size else {
      let surplus = predicted.size &- expected.size
      let first = rounded(predicted.distance(ofVoxel: .zero, to: expected))
      return "The sizes differ by \(surplus.x), \(surplus.y) and \(surplus.z) voxels, and the "
        + "first voxels lie \(first) mm apart."
    }
    let millimetres = rounded(predicted.greatestCornerDistance(to: expected))
    return "The sizes are equal, but corners lie up to \(millimetres) mm apart."
  }

  /// To a thousandth.
  private static func rounded(_ number: Double) -> Double { (number * 1000).rounded() / 1000 }
}

extension Geometry {
  /// The length of the box's diagonal, in millimetres.
  var diagonal: Double {
    let lengths = SIMD3<Double>(size) * spacing
    return (lengths * lengths).sum().squareRoot()
  }

  /// How far the outermost voxels' centres of two grids of one size lie apart at most, in
  /// millimetres.
  func greatestCornerDistance(to other: Geometry) -> Double {
    var greatest = 0.0
    for corner in 0..<8 {
      let voxel = SIMD3<Double>(
        corner & 1 == 0 ? 0 : Double(size.x - 1),
        corner & 2 == 0 ? 0 : Double(size.y - 1),
        corner & 4 == 0 ? 0 : Double(size.z - 1))
      greatest = max(greatest, distance(ofVoxel: voxel, to: other))
    }
    return greatest
  }

  /// How far a voxel's centre lies from that of the same voxel of another grid, in millimetres.
  fileprivate func distance(ofVoxel voxel: SIMD3<Double>, to other: Geometry) -> Double {
    let offset = position(ofVoxel: voxel) - other.position(ofVoxel: voxel)
    return (offset * offset).sum().squareRoot()
  }
}
