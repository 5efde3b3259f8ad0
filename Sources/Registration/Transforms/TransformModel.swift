import Foundation
internal import Imaging

/// Which movements bring one scan on to another.
public enum TransformModel: String, Hashable, Sendable, Codable, CaseIterable {
  /// Three rotations and three translations: one patient, calibrated scans.
  case rigid

  /// Those and one scale, where a scan's millimetres are not to be trusted.
  case similarity

  /// Any linear map and a translation: twelve numbers.
  case affine

  /// How many numbers a movement has.
  public var parameterCount: Int { directions.count }

  /// What each parameter does to a point: a displacement in millimetres, three rows of four that are
  /// multiplied with the point in a ``Frame`` and 1. Translations first, then rotations about x, y
  /// and z, then the scale.
  var directions: [[Double]] {
    let translations = [[3], [7], [11]].map { Self.ones(at: $0) }
    switch self {
    case .rigid: return translations + Self.rotations
    case .similarity: return translations + Self.rotations + [Self.ones(at: [0, 5, 10])]
    case .affine:
      return translations + [0, 1, 2, 4, 5, 6, 8, 9, 10].map { Self.ones(at: [$0]) }
    }
  }

  private static let rotations = [(6, 9), (8, 2), (1, 4)].map { minus, plus in
    var direction = ones(at: [plus])
    direction[minus] = -1
    return direction
  }

  private static func ones(at places: [Int]) -> [Double] {
    (0..<12).map { places.contains($0) ? 1 : 0 }
  }

  /// The movement that the parameters say, millimetres to millimetres.
  ///
  /// To first order it is the sum of the ``directions``; a rigid one is a rotation exactly.
  func movement(_ parameters: [Double], in frame: Frame) -> AffineMap {
    precondition(
      parameters.count == parameterCount, "\(parameters.count) numbers for a \(self) map")
    let linear: [SIMD3<Double>]
    switch self {
    case .rigid, .similarity:
      let turn = SIMD3(parameters[3], parameters[4], parameters[5]) / frame.radius
      let scale = self == .similarity ? exp(parameters[6] / frame.radius) : 1
      linear = Self.rotation(by: turn).map { $0 * scale }
    case .affine:
      linear = (0..<3).map { column in
        var image =
          SIMD3<Double>(
            parameters[3 + column], parameters[6 + column], parameters[9 + column]) / frame.radius
        image[column] += 1
        return image
      }
    }
    let shift = SIMD3(parameters[0], parameters[1], parameters[2])
    return AffineMap(linear, shift: shift, about: frame.centre)
  }

  /// The columns of the rotation about `turn` by its length in radians.
  ///
  /// Source: O. Rodrigues, "Des lois géométriques qui régissent les déplacements d'un système
  /// solide", Journal de Mathématiques Pures et Appliquées 5, 1840.
  static func rotation(by turn: SIMD3<Double>) -> [SIMD3<Double>] {
    let angle = turn.length
    let units: [SIMD3<Double>] = [[1, 0, 0], [0, 1, 0], [0, 0, 1]]
    guard angle > 0 else { return units }
    let axis = turn / angle
    return units.map { unit in
      let along = axis * (axis * unit).sum()
      return along + (unit - along) * cos(angle) + axis.crossed(with: unit) * sin(angle)
    }
  }
}

extension AffineMap {
  /// The linear map with these columns about `centre`, and a shift after it.
  init(_ columns: [SIMD3<Double>], shift: SIMD3<Double>, about centre: SIMD3<Double>) {
    let turned = columns[0] * centre.x + columns[1] * centre.y + columns[2] * centre.z
    self.init(
      x: columns[0], y: columns[1], z: columns[2], offset: centre - turned + shift)
  }

  /// The map that leaves every point where it is.
  static let identity = AffineMap(x: [1, 0, 0], y: [0, 1, 0], z: [0, 0, 1], offset: .zero)
}
