extension BoltzmannMachine.Connection {
  /// firstᵀ · weights · second.
  func product(_ first: [Double], _ second: [Double]) -> Double {
    var sums = [Double](repeating: 0, count: second.count)
    addUpward(first, times: 1, to: &sums)
    return zip(sums, second).reduce(0) { $0 + $1.0 * $1.1 }
  }

  /// Adds a factor times weightsᵀ · first.
  func addUpward(_ first: [Double], times factor: Double, to sums: inout [Double]) {
    let width = sums.count
    precondition(first.count * width == weights.count, "a layer of another size")
    weights.withUnsafeBufferPointer { weights in
      sums.withUnsafeMutableBufferPointer { sums in
        for (row, value) in first.enumerated() where value != 0 {
          let scaled = factor * value
          for column in 0..<width { sums[column] += scaled * weights[row * width + column] }
        }
      }
    }
  }

  /// Adds a factor times weights · second.
  func addDownward(_ second: [Double], times factor: Double, to sums: inout [Double]) {
    let width = second.count
    precondition(sums.count * width == weights.count, "a layer of another size")
    weights.withUnsafeBufferPointer { weights in
      second.withUnsafeBufferPointer { second in
        for row in sums.indices {
          var sum = 0.0
          for column in 0..<width { sum += weights[row * width + column] * second[column] }
          sums[row] += factor * sum
        }
      }
    }
  }
}
