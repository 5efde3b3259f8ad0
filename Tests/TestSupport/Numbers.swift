import Foundation

/// Made-up numbers that a reference script in another language makes up identically:
/// `scale` × sin(i × `step`).
public func wave(_ count: Int, step: Double, scale: Double = 1) -> [Double] {
  (0..<count).map { sin(Double($0) * step) * scale }
}

/// The root of the sum of the squares.
public func norm(_ numbers: [Double]) -> Double {
  numbers.map { $0 * $0 }.reduce(0, +).squareRoot()
}

/// The slope of `function` at `point` along each coordinate, by central differences.
///
/// The error is about `step`² times the third derivative, plus 1e-16 / `step` times the value.
///
/// - Complexity: Two calls of `function` per coordinate.
public func finiteDifference(
  at point: [Double], step: Double = 1e-5, of function: ([Double]) throws -> Double
) rethrows -> [Double] {
  try point.indices.map { index in
    var above = point
    var below = point
    above[index] += step
    below[index] -= step
    return try (function(above) - function(below)) / (2 * step)
  }
}
