internal import CTorch

// The same numbers in another shape. Where libtorch can, the result shares them with the input.
extension Tensor {
  /// The numbers in order, as `shape`; one length may be -1 and is then worked out.
  public func reshaped(_ shape: [Int]) throws(TorchError) -> Tensor {
    try Tensor.make("reshaping of \(self.shape) to \(shape)") {
      ctorch_reshaped(&$0, pointer, shape, shape.count)
    }
  }

  /// Axes of length 1 repeated to the lengths of `shape`, without copying; -1 keeps a length.
  public func expanded(to shape: [Int]) throws(TorchError) -> Tensor {
    try Tensor.make("expansion of \(self.shape) to \(shape)") {
      ctorch_expanded(&$0, pointer, shape, shape.count)
    }
  }

  /// The axes in another order: axis i of the result is axis `axes[i]` of this tensor.
  public func permuted(_ axes: [Int]) throws(TorchError) -> Tensor {
    try Tensor.make("permutation of \(shape) by \(axes)") {
      ctorch_permuted(&$0, pointer, axes, axes.count)
    }
  }

  /// A copy that runs backwards along `axes`.
  public func flipped(axes: [Int]) throws(TorchError) -> Tensor {
    try Tensor.make("flipping of \(shape) along \(axes)") {
      ctorch_flipped(&$0, pointer, axes, axes.count)
    }
  }

  /// `count` elements of `axis`, from the one at `start` on.
  public func narrowed(axis: Int, from start: Int, count: Int) throws(TorchError) -> Tensor {
    try Tensor.make("narrowing of \(shape) to \(start)..<\(start + count) of axis \(axis)") {
      ctorch_narrowed(&$0, pointer, axis, start, count)
    }
  }

  /// The element at `index` of `axis`, without that axis.
  public func selected(axis: Int, index: Int) throws(TorchError) -> Tensor {
    try Tensor.make("selection of \(index) from axis \(axis) of \(shape)") {
      ctorch_selected(&$0, pointer, axis, index)
    }
  }

  /// Adds elements of `value` before and after each of the last axes.
  ///
  /// - Parameters:
  ///   - before: One width per axis; three widths are for depth, height and width.
  ///   - after: As many widths as `before`.
  public func padded(
    before: [Int], after: [Int], value: Double = 0
  ) throws(TorchError) -> Tensor {
    let operation = "padding of \(shape) by \(before) before and \(after) after"
    guard before.count == after.count else {
      throw TorchError(operation: operation, reason: "the two lists differ in length")
    }
    return try Tensor.make(operation) {
      ctorch_padded(&$0, pointer, before, after, before.count, value)
    }
  }

  /// Classes `[N, …]` as float32 `[N, classes, …]`: 1 in each element's class and 0 elsewhere.
  public func oneHot(classes: Int) throws(TorchError) -> Tensor {
    try Tensor.make("one-hot encoding of \(shape) in \(classes) classes") {
      ctorch_one_hot(&$0, pointer, classes)
    }
  }
}

// Joining tensors.
extension Tensor {
  /// The tensors one after another along `axis`, which exists in each of them.
  public static func concatenated(_ tensors: [Tensor], axis: Int) throws(TorchError) -> Tensor {
    let handles = tensors.map { Optional($0.pointer) }
    return try make("concatenation of \(tensors.map(\.shape)) along axis \(axis)") {
      ctorch_concatenated(&$0, handles, handles.count, axis)
    }
  }

  /// The tensors, all of one shape, side by side along a new `axis`.
  public static func stacked(_ tensors: [Tensor], axis: Int = 0) throws(TorchError) -> Tensor {
    let handles = tensors.map { Optional($0.pointer) }
    return try make("stacking of \(tensors.map(\.shape)) along axis \(axis)") {
      ctorch_stacked(&$0, handles, handles.count, axis)
    }
  }
}
