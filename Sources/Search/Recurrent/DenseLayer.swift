import Randomness

/// A linear map with a bias whose weights are a part of one flat array that a whole network shares.
///
/// The weights run input by input, the outputs of an input side by side, and the bias comes last.
struct DenseLayer {
  let inputs: Int
  let outputs: Int

  /// Where in the array the weights begin.
  let offset: Int

  /// The place after the layer's last weight.
  var end: Int { offset + (inputs + 1) * outputs }

  func callAsFunction(_ input: [Double], _ weights: [Double]) -> [Double] {
    precondition(input.count == inputs, "\(input.count) inputs, expected \(inputs)")
    let bias = offset + inputs * outputs
    var output = Array(weights[bias..<end])
    for (index, value) in input.enumerated() where value != 0 {
      output.add(weights, from: offset + index * outputs, times: value)
    }
    return output
  }

  /// Adds the gradient of the layer's weights to `gradient`.
  func addGradient(
    _ outputGradient: [Double], from input: [Double], to gradient: inout [Double]
  ) {
    gradient.add(outputGradient, at: offset + inputs * outputs, times: 1)
    for (index, value) in input.enumerated() where value != 0 {
      gradient.add(outputGradient, at: offset + index * outputs, times: value)
    }
  }

  /// The gradient of the layer's input.
  func inputGradient(_ outputGradient: [Double], _ weights: [Double]) -> [Double] {
    (0..<inputs).map { outputGradient.dot(weights, from: offset + $0 * outputs) }
  }

  /// Both: adds the gradient of the weights, and returns that of the input.
  func back(
    _ outputGradient: [Double], from input: [Double], _ weights: [Double],
    to gradient: inout [Double]
  ) -> [Double] {
    addGradient(outputGradient, from: input, to: &gradient)
    return inputGradient(outputGradient, weights)
  }

  /// Draws the weights uniformly within one by the root of the inputs; the bias is zero.
  func draw(into weights: inout [Double], using generator: inout some RandomNumberGenerator) {
    let bound = 1 / Double(max(1, inputs)).squareRoot()
    for index in offset..<(offset + inputs * outputs) {
      weights[index] = generator.uniform(-bound..<bound)
    }
  }
}

extension [Double] {
  /// Adds as many numbers of another array, from one of its places on, times a factor.
  mutating func add(_ other: [Double], from start: Int, times factor: Double) {
    precondition(start >= 0 && start + count <= other.count, "reads outside of the weights")
    withUnsafeMutableBufferPointer { sum in
      other.withUnsafeBufferPointer { other in
        for index in sum.indices { sum[index] += factor * other[start + index] }
      }
    }
  }

  /// Adds all of another array at one place on, times a factor.
  mutating func add(_ other: [Double], at start: Int, times factor: Double) {
    precondition(start >= 0 && start + other.count <= count, "writes outside of the gradient")
    withUnsafeMutableBufferPointer { sum in
      other.withUnsafeBufferPointer { other in
        for index in other.indices { sum[start + index] += factor * other[index] }
      }
    }
  }

  /// The scalar product with as many numbers of another array, from one of its places on.
  func dot(_ other: [Double], from start: Int) -> Double {
    precondition(start >= 0 && start + count <= other.count, "reads outside of the weights")
    return withUnsafeBufferPointer { left in
      other.withUnsafeBufferPointer { right in
        var sums = SIMD4<Double>()
        var index = 0
        while index + 4 <= left.count {
          let a = SIMD4(left[index], left[index + 1], left[index + 2], left[index + 3])
          let place = start + index
          sums += a * SIMD4(right[place], right[place + 1], right[place + 2], right[place + 3])
          index += 4
        }
        var sum = sums.sum()
        while index < left.count {
          sum += left[index] * right[start + index]
          index += 1
        }
        return sum
      }
    }
  }
}
