import Foundation

/// The grid of a volume: how many voxels there are, and where in the patient they lie.
///
/// Positions are millimetres in RAS+: x grows to the patient's right, y to the front, z to the
/// head. A voxel's index is its centre; the first voxel is (0, 0, 0).
public struct Geometry: Hashable, Sendable, Codable {
  /// The number of voxels along x, y and z.
  public let size: SIMD3<Int>

  /// The distance between neighbouring voxels along x, y and z, in millimetres.
  public let spacing: SIMD3<Double>

  /// The position of voxel (0, 0, 0), in millimetres.
  public let origin: SIMD3<Double>

  /// Where the voxel axes point.
  public let direction: Direction

  /// Creates a grid from its parts; millimetres, RAS+.
  ///
  /// - Precondition: The size and the spacing are positive.
  public init(
    size: SIMD3<Int>, spacing: SIMD3<Double>, origin: SIMD3<Double> = .zero,
    direction: Direction = .identity
  ) {
    precondition(size.min() > 0, "a grid of \(size) voxels has none")
    precondition(spacing.min() > 0, "a spacing of \(spacing) mm is not positive")
    self.size = size
    self.spacing = spacing
    self.origin = origin
    self.direction = direction
  }

  /// Creates a grid from the map that leads from voxel indices to millimetres.
  ///
  /// - Precondition: The size is positive and the map is invertible.
  public init(size: SIMD3<Int>, map: AffineMap) {
    precondition(map.isInvertible, "the map \(map) is flat or not finite")
    let spacing: SIMD3<Double> = [map.x.length, map.y.length, map.z.length]
    self.init(
      size: size, spacing: spacing, origin: map.offset,
      direction: Direction(x: map.x / spacing.x, y: map.y / spacing.y, z: map.z / spacing.z))
  }

  /// Creates a grid from the four rows of a 4×4 matrix, voxel indices → RAS+ millimetres.
  ///
  /// - Precondition: The size is positive and the matrix is 4×4 and invertible.
  public init(size: SIMD3<Int>, affine: [[Double]]) {
    precondition(
      affine.count == 4 && affine.allSatisfy { $0.count == 4 }, "\(affine) is not a 4×4 matrix")
    let column = { (index: Int) -> SIMD3<Double> in
      [affine[0][index], affine[1][index], affine[2][index]]
    }
    self.init(
      size: size, map: AffineMap(x: column(0), y: column(1), z: column(2), offset: column(3)))
  }

  /// The number of voxels.
  public var voxelCount: Int { size.x * size.y * size.z }

  /// The map from voxel indices to millimetres.
  public var map: AffineMap {
    AffineMap(
      x: direction.x * spacing.x, y: direction.y * spacing.y, z: direction.z * spacing.z,
      offset: origin)
  }

  /// The same map as the four rows of a 4×4 matrix.
  public var affine: [[Double]] {
    let map = map
    return (0..<3).map { [map.x[$0], map.y[$0], map.z[$0], map.offset[$0]] } + [[0, 0, 0, 1]]
  }

  /// The position of a voxel's centre, in millimetres; fractions of voxels are allowed.
  public func position(ofVoxel voxel: SIMD3<Double>) -> SIMD3<Double> {
    map(voxel)
  }

  /// The voxel index, with its fraction, of a position in millimetres.
  public func voxel(at millimetres: SIMD3<Double>) -> SIMD3<Double> {
    map.inverse(millimetres)
  }

  /// The map from this grid's voxel indices to those of `other` at the same place.
  public func voxelMap(to other: Geometry) -> AffineMap {
    map.followed(by: other.map.inverse)
  }
}

extension Geometry: CustomStringConvertible {
  public var description: String {
    let lengths = (0..<3).map { String(format: "%.2f", spacing[$0]) }.joined(separator: " × ")
    return "\(size.x) × \(size.y) × \(size.z) voxels of \(lengths) mm"
  }
}
