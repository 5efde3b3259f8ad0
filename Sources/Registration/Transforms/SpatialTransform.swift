public import Imaging

/// Where the points of a fixed scan lie in a moving one.
public struct SpatialTransform: Hashable, Sendable {
  /// A scan, as far as a transform is concerned.
  public struct Place: Hashable, Sendable {
    /// The name of its file, without folders.
    public let scan: String

    /// Its grid.
    public let geometry: Geometry

    public init(scan: String, geometry: Geometry) {
      self.scan = String(scan.split(separator: "/").last ?? "")
      self.geometry = geometry
    }
  }

  /// The movements of which it is one.
  public let model: TransformModel

  /// From the fixed scan's millimetres to the moving scan's, RAS+.
  public let map: AffineMap

  /// Where it leads from.
  public let fixed: Place

  /// Where it leads to.
  public let moving: Place

  /// - Precondition: The map is invertible.
  public init(model: TransformModel, map: AffineMap, fixed: Place, moving: Place) {
    precondition(map.isInvertible, "the map \(map) is flat or not finite")
    (self.model, self.map, self.fixed, self.moving) = (model, map, fixed, moving)
  }

  /// The same movement seen from the other scan.
  public var inverse: SpatialTransform {
    SpatialTransform(model: model, map: map.inverse, fixed: moving, moving: fixed)
  }

  /// The grid of a moving scan, moved to where the fixed scan's points are.
  public func moved(_ grid: Geometry) -> Geometry {
    Geometry(size: grid.size, map: grid.map.followed(by: map.inverse))
  }

  /// The map as the four rows of a 4×4 matrix.
  public var rows: [[Double]] {
    (0..<3).map { [map.x[$0], map.y[$0], map.z[$0], map.offset[$0]] } + [[0, 0, 0, 1]]
  }

  /// Refuses scans that do not lie where the transform leads from and to, and those on whose grids it was
  /// made the other way round.
  ///
  /// - Throws: ``RegistrationError/wrongFrame(path:scan:isFixed:isReversed:)``, which names the
  ///   transform's file `path` and the scan.
  public func check(
    moving: Geometry, at movingPath: String, fixed: Geometry, at fixedPath: String, path: String
  ) throws(RegistrationError) {
    let isReversed =
      moving.overlaps(self.fixed.geometry) && fixed.overlaps(self.moving.geometry)
    let isExchanged =
      moving.agrees(with: self.fixed.geometry) && fixed.agrees(with: self.moving.geometry)
      && !fixed.agrees(with: self.fixed.geometry)
    guard fixed.overlaps(self.fixed.geometry), !isExchanged else {
      throw .wrongFrame(path: path, scan: fixedPath, isFixed: true, isReversed: isReversed)
    }
    guard moving.overlaps(self.moving.geometry) else {
      throw .wrongFrame(path: path, scan: movingPath, isFixed: false, isReversed: isReversed)
    }
  }

  /// How far it carries the corners of the fixed scan's box, in millimetres: their mean.
  public var meanDisplacement: Double {
    let size = SIMD3<Double>(fixed.geometry.size) - 1
    let moved = (0..<8).map { corner -> Double in
      let voxel = SIMD3((0..<3).map { corner >> $0 & 1 == 0 ? 0 : size[$0] })
      let point = fixed.geometry.position(ofVoxel: voxel)
      return (map(point) - point).length
    }
    return moved.reduce(0, +) / 8
  }
}
