import Foundation

/// Directions whose axes do not meet at right angles, and the nearest ones whose axes do.
extension Direction {
  /// Angles and lengths this close to a right angle (its cosine) and to 1 are noise of the file.
  public static let noise = 1e-4

  /// How far the axes are from unit vectors at right angles.
  public struct Skew: Hashable, Sendable, CustomStringConvertible {
    /// The angles between x and y, x and z, y and z, in degrees.
    public let angles: SIMD3<Double>

    /// The lengths of the three axes.
    public let lengths: SIMD3<Double>

    /// By how many degrees slices lean as they do under a tilted gantry: x and y, the plane of a
    /// slice, meet at a right angle, and z alone leaves the plane's normal. `nil` for other skews.
    public let gantryTilt: Double?

    public var description: String {
      let pairs = zip(["x and y", "x and z", "y and z"], 0..<3).map { name, index in
        name + String(format: " meet at %.3f°", angles[index])
      }
      let lengths = (0..<3).map { String(format: "%.5f", self.lengths[$0]) }
      let numbers =
        pairs.joined(separator: ", ") + "; their lengths are " + lengths.joined(separator: ", ")
      guard let gantryTilt else { return numbers }
      return numbers + String(format: "; the slices are sheared by %.3f°", gantryTilt)
        + ", as under a tilted gantry"
    }
  }

  /// How the axes fail to be orthonormal; `nil` when they are, but for ``noise``.
  public var skew: Skew? {
    let axes = [x, y, z]
    let lengths = SIMD3(axes.map(\.length))
    let cosines = SIMD3(
      [(0, 1), (0, 2), (1, 2)].map { left, right in
        (axes[left] * axes[right]).sum() / (axes[left].length * axes[right].length)
      })
    let isNoise = { (value: Double) in abs(value) <= Self.noise }
    guard !(0..<3).allSatisfy({ isNoise(cosines[$0]) && isNoise(lengths[$0] - 1) }) else {
      return nil
    }
    let normal = x.crossed(with: y)
    let lean = abs((normal * z).sum()) / (normal.length * z.length)
    let tilt = isNoise(cosines.x) ? acos(min(1, lean)) * 180 / .pi : 0
    return Skew(
      angles: SIMD3((0..<3).map { acos(cosines[$0]) * 180 / .pi }), lengths: lengths,
      gantryTilt: tilt > 0.01 ? tilt : nil)
  }

  /// The nearest direction (in the sum of squares) whose axes are unit vectors at right angles; it
  /// is a mirror where this one is.
  ///
  /// Source: N. Higham, "Computing the Polar Decomposition", SIAM Journal on Scientific and
  /// Statistical Computing 7(4), 1986: Newton's iteration, the mean of a matrix and the transpose of
  /// its inverse.
  ///
  /// - Precondition: The axes span space.
  public var orthonormalized: Direction {
    var map = AffineMap(x: x, y: y, z: z, offset: .zero)
    for _ in 0..<50 {
      let inverse = map.inverse
      let next = AffineMap(
        x: (map.x + [inverse.x.x, inverse.y.x, inverse.z.x]) / 2,
        y: (map.y + [inverse.x.y, inverse.y.y, inverse.z.y]) / 2,
        z: (map.z + [inverse.x.z, inverse.y.z, inverse.z.z]) / 2, offset: .zero)
      let change = (next.x - map.x).length + (next.y - map.y).length + (next.z - map.z).length
      map = next
      if change < 1e-15 { break }
    }
    return Direction(x: map.x, y: map.y, z: map.z)
  }
}

extension Geometry {
  /// The same voxels, spacing and centre with the nearest direction whose axes are orthonormal.
  ///
  /// This moves voxels, the ones far from the centre most: a volume that is truly sheared should be
  /// resampled on to such a grid and not be given it.
  public var orthonormalized: Geometry {
    let middle = SIMD3<Double>(size &- 1) / 2
    let turned = Geometry(
      size: size, spacing: spacing, origin: .zero, direction: direction.orthonormalized)
    return Geometry(
      size: size, spacing: spacing,
      origin: position(ofVoxel: middle) - turned.position(ofVoxel: middle),
      direction: turned.direction)
  }
}

extension Volume {
  /// The same voxels on ``Geometry/orthonormalized``, where the axes are skewed.
  public var orthonormalized: Volume {
    guard geometry.direction.skew != nil else { return self }
    return Volume(geometry: geometry.orthonormalized, voxels: voxels)
  }
}

extension Scan {
  /// The same voxels on ``Geometry/orthonormalized``, where the axes are skewed. What is written like
  /// its header keeps the file's own axes, so that a mask lies over the file that it was made from.
  public var orthonormalized: Scan {
    let straight = volume.orthonormalized
    var header = header
    header?.geometry = straight.geometry
    return Scan(volume: straight, header: header)
  }
}
