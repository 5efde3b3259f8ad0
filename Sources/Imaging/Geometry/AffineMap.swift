/// A linear map of space with a shift: `p ↦ x·p.x + y·p.y + z·p.z + offset`.
public struct AffineMap: Hashable, Sendable {
  /// Where one step along the first axis leads.
  public let x: SIMD3<Double>

  /// Where one step along the second axis leads.
  public let y: SIMD3<Double>

  /// Where one step along the third axis leads.
  public let z: SIMD3<Double>

  /// Where the origin goes.
  public let offset: SIMD3<Double>

  /// Creates a map from its three columns and its shift.
  public init(x: SIMD3<Double>, y: SIMD3<Double>, z: SIMD3<Double>, offset: SIMD3<Double>) {
    self.x = x
    self.y = y
    self.z = z
    self.offset = offset
  }

  /// Where `point` goes.
  public func callAsFunction(_ point: SIMD3<Double>) -> SIMD3<Double> {
    turned(point) + offset
  }

  /// The map that does this one first and `next` after it.
  public func followed(by next: AffineMap) -> AffineMap {
    AffineMap(
      x: next.turned(x), y: next.turned(y), z: next.turned(z), offset: next(offset))
  }

  /// The volume of the unit cube's image, negative when the map is a mirror.
  public var determinant: Double { (x * y.crossed(with: z)).sum() }

  /// The map back.
  ///
  /// - Precondition: The map is not flat: ``isInvertible``.
  public var inverse: AffineMap {
    precondition(isInvertible, "no way back from the flat map \(self)")
    // The rows of a 3×3 inverse are the cross products of its columns over the determinant.
    let (first, second, third) = (
      y.crossed(with: z) / determinant, z.crossed(with: x) / determinant,
      x.crossed(with: y) / determinant
    )
    let linear = AffineMap(
      x: [first.x, second.x, third.x], y: [first.y, second.y, third.y],
      z: [first.z, second.z, third.z], offset: .zero)
    return AffineMap(x: linear.x, y: linear.y, z: linear.z, offset: -linear.turned(offset))
  }

  /// Whether all numbers are finite and the three columns span space.
  public var isInvertible: Bool {
    let lengths = x.length * y.length * z.length
    let offsetIsFinite = (offset * 0).sum() == 0
    return lengths.isFinite && lengths > 0 && offsetIsFinite && abs(determinant) > 1e-9 * lengths
  }

  /// Where the three axes' unit steps lead, without the shift.
  var edges: [SIMD3<Double>] { [x, y, z] }

  /// The linear part alone.
  private func turned(_ point: SIMD3<Double>) -> SIMD3<Double> {
    x * point.x + y * point.y + z * point.z
  }
}

extension SIMD3<Double> {
  /// The Euclidean length.
  package var length: Double { (self * self).sum().squareRoot() }

  /// The cross product.
  package func crossed(with other: SIMD3<Double>) -> SIMD3<Double> {
    [
      y * other.z - z * other.y,
      z * other.x - x * other.z,
      x * other.y - y * other.x,
    ]
  }
}
