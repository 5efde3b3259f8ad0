import Foundation

/// Smoothing by a Gaussian, one axis after the other.
enum GaussianBlur {
  /// Smooths `values`, a grid of `size` with x fastest. Outside the grid is 0.
  ///
  /// - Parameters:
  ///   - deviations: The standard deviation along each axis, in voxels; 0 leaves an axis alone.
  ///   - keepingPower: Whether white noise keeps its standard deviation, rather than a constant
  ///     its value.
  static func apply(
    to values: inout [Float], size: SIMD3<Int>, deviations: SIMD3<Double>,
    keepingPower: Bool = false
  ) {
    var step = 1
    for axis in 0..<3 {
      if deviations[axis] > 0 {
        let weights = kernel(deviation: deviations[axis], keepingPower: keepingPower)
        values = convolve(values, count: size[axis], step: step, by: weights)
      }
      step *= size[axis]
    }
  }

  /// The weights from -3 to +3 standard deviations.
  static func kernel(deviation: Double, keepingPower: Bool) -> [Float] {
    let reach = max(1, Int((3 * deviation).rounded(.up)))
    let weights = (-reach...reach).map { exp(-0.5 * pow(Double($0) / deviation, 2)) }
    let total =
      keepingPower
      ? weights.reduce(0) { $0 + $1 * $1 }.squareRoot() : weights.reduce(0, +)
    return weights.map { Float($0 / total) }
  }

  /// - Parameters:
  ///   - count: The grid's voxels along the axis.
  ///   - step: How far apart neighbours along the axis are stored.
  private static func convolve(
    _ values: [Float], count: Int, step: Int, by weights: [Float]
  ) -> [Float] {
    let reach = weights.count / 2
    var result = [Float](repeating: 0, count: values.count)
    values.withUnsafeBufferPointer { source in
      result.withUnsafeMutableBufferPointer { target in
        for index in target.indices {
          let place = index / step % count
          var sum: Float = 0
          for offset in max(-reach, -place)...min(reach, count - 1 - place) {
            sum += source[index + offset * step] * weights[offset + reach]
          }
          target[index] = sum
        }
      }
    }
    return result
  }
}
