/// Where the three voxel axes of a grid point, as unit vectors in RAS+ (right, anterior, superior).
public struct Direction: Hashable, Sendable, Codable {
  /// Where the first voxel index grows.
  public let x: SIMD3<Double>

  /// Where the second voxel index grows.
  public let y: SIMD3<Double>

  /// Where the third voxel index grows.
  public let z: SIMD3<Double>

  /// Creates a direction from three unit vectors.
  public init(x: SIMD3<Double>, y: SIMD3<Double>, z: SIMD3<Double>) {
    self.x = x
    self.y = y
    self.z = z
  }

  /// The axes point right, anterior and superior.
  public static let identity = Direction(x: [1, 0, 0], y: [0, 1, 0], z: [0, 0, 1])

  /// The axes point left, posterior and superior: the columns, rows and slices of a picture as a
  /// radiologist looks at it.
  public static let radiological = Direction(x: [-1, 0, 0], y: [0, -1, 0], z: [0, 0, 1])
}
