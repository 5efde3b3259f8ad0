/// Voxels on a grid.
///
/// - Note: The voxels are stored with x growing fastest, then y, then z.
public struct Volume<Scalar: Sendable>: Sendable {
  /// The grid.
  public let geometry: Geometry

  /// The value of every voxel, x fastest.
  public var voxels: [Scalar] {
    didSet { Self.check(voxels, on: geometry) }
  }

  /// Creates a volume from its values, x fastest.
  ///
  /// - Precondition: There are as many values as the grid has voxels.
  public init(geometry: Geometry, voxels: [Scalar]) {
    Self.check(voxels, on: geometry)
    self.geometry = geometry
    self.voxels = voxels
  }

  /// Creates a volume with the same value everywhere.
  public init(geometry: Geometry, filledWith value: Scalar) {
    self.init(geometry: geometry, voxels: Array(repeating: value, count: geometry.voxelCount))
  }

  /// The value of one voxel.
  ///
  /// - Precondition: The voxel is on the grid.
  public subscript(x: Int, y: Int, z: Int) -> Scalar {
    get { voxels[index(x, y, z)] }
    set { voxels[index(x, y, z)] = newValue }
  }

  private func index(_ x: Int, _ y: Int, _ z: Int) -> Int {
    let size = geometry.size
    precondition(
      (0..<size.x).contains(x) && (0..<size.y).contains(y) && (0..<size.z).contains(z),
      "voxel (\(x), \(y), \(z)) is not on a grid of \(geometry)")
    return x + size.x * (y + size.y * z)
  }

  private static func check(_ voxels: [Scalar], on geometry: Geometry) {
    precondition(
      voxels.count == geometry.voxelCount, "\(voxels.count) values for a grid of \(geometry)")
  }
}

extension Volume: Equatable where Scalar: Equatable {}

/// The label of every voxel, 0 being background; values as in the file.
public typealias LabelMap = Volume<UInt16>
