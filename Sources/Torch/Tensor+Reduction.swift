internal import CTorch

// From many numbers to one. `keepingAxes` leaves the reduced axes in place, with length 1, so that
// the result combines with what it came from. No axes reduce nothing.
extension Tensor {
  /// The sum of all numbers, with an empty shape.
  public func sum() throws(TorchError) -> Tensor {
    try Tensor.make("sum of \(shape)") { ctorch_sum(&$0, pointer, nil, 0, 0) }
  }

  public func sum(overAxes axes: [Int], keepingAxes: Bool = false) throws(TorchError) -> Tensor {
    if axes.isEmpty { return self }
    return try Tensor.make("sum of \(shape) over the axes \(axes)") {
      ctorch_sum(&$0, pointer, axes, axes.count, keepingAxes ? 1 : 0)
    }
  }

  /// The mean of all numbers, with an empty shape.
  public func mean() throws(TorchError) -> Tensor {
    try Tensor.make("mean of \(shape)") { ctorch_mean(&$0, pointer, nil, 0, 0) }
  }

  public func mean(overAxes axes: [Int], keepingAxes: Bool = false) throws(TorchError) -> Tensor {
    if axes.isEmpty { return self }
    return try Tensor.make("mean of \(shape) over the axes \(axes)") {
      ctorch_mean(&$0, pointer, axes, axes.count, keepingAxes ? 1 : 0)
    }
  }

  /// The largest number, with an empty shape.
  public func maximum() throws(TorchError) -> Tensor {
    try Tensor.make("maximum of \(shape)") { ctorch_maximum(&$0, pointer, nil, 0, 0) }
  }

  public func maximum(
    overAxes axes: [Int], keepingAxes: Bool = false
  ) throws(TorchError) -> Tensor {
    if axes.isEmpty { return self }
    return try Tensor.make("maximum of \(shape) over the axes \(axes)") {
      ctorch_maximum(&$0, pointer, axes, axes.count, keepingAxes ? 1 : 0)
    }
  }

  /// The smallest number, with an empty shape.
  public func minimum() throws(TorchError) -> Tensor {
    try Tensor.make("minimum of \(shape)") { ctorch_minimum(&$0, pointer, nil, 0, 0) }
  }

  /// Where along `axis` the largest number is, as int64, without that axis. The first wins a tie.
  public func argmax(axis: Int) throws(TorchError) -> Tensor {
    try Tensor.make("argmax of \(shape) along axis \(axis)") {
      ctorch_argmax(&$0, pointer, axis)
    }
  }

  /// Positive numbers that sum to 1 along `axis`, in the proportions of e to the power of these.
  public func softmax(axis: Int) throws(TorchError) -> Tensor {
    try Tensor.make("softmax of \(shape) along axis \(axis)") {
      ctorch_softmax(&$0, pointer, axis)
    }
  }

  /// The logarithm of ``softmax(axis:)``, exact also where that is close to 0.
  public func logSoftmax(axis: Int) throws(TorchError) -> Tensor {
    try Tensor.make("log softmax of \(shape) along axis \(axis)") {
      ctorch_log_softmax(&$0, pointer, axis)
    }
  }
}
