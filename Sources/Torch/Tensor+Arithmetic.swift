internal import CTorch

// Two tensors are combined element by element; an axis of length 1 is repeated to fit, and a missing
// leading axis is added (broadcasting).

extension Tensor {
  public static func + (left: Tensor, right: Tensor) throws(TorchError) -> Tensor {
    try make("addition of \(left.shape) and \(right.shape)") {
      ctorch_add(&$0, left.pointer, right.pointer)
    }
  }

  public static func - (left: Tensor, right: Tensor) throws(TorchError) -> Tensor {
    try make("subtraction of \(right.shape) from \(left.shape)") {
      ctorch_subtract(&$0, left.pointer, right.pointer)
    }
  }

  public static func * (left: Tensor, right: Tensor) throws(TorchError) -> Tensor {
    try make("multiplication of \(left.shape) and \(right.shape)") {
      ctorch_multiply(&$0, left.pointer, right.pointer)
    }
  }

  public static func / (left: Tensor, right: Tensor) throws(TorchError) -> Tensor {
    try make("division of \(left.shape) by \(right.shape)") {
      ctorch_divide(&$0, left.pointer, right.pointer)
    }
  }

  /// The larger of each two elements.
  public func larger(than other: Tensor) throws(TorchError) -> Tensor {
    try Tensor.make("maximum of \(shape) and \(other.shape)") {
      ctorch_larger(&$0, pointer, other.pointer)
    }
  }
}

// A tensor and a number.
extension Tensor {
  public static func + (left: Tensor, right: Double) throws(TorchError) -> Tensor {
    try make("addition of \(left.shape) and \(right)") {
      ctorch_add_number(&$0, left.pointer, right)
    }
  }

  public static func + (left: Double, right: Tensor) throws(TorchError) -> Tensor {
    try right + left
  }

  public static func - (left: Tensor, right: Double) throws(TorchError) -> Tensor {
    try left + (-right)
  }

  public static func - (left: Double, right: Tensor) throws(TorchError) -> Tensor {
    try make("subtraction of \(right.shape) from \(left)") {
      ctorch_subtract_from_number(&$0, right.pointer, left)
    }
  }

  public static func * (left: Tensor, right: Double) throws(TorchError) -> Tensor {
    try make("multiplication of \(left.shape) and \(right)") {
      ctorch_multiply_number(&$0, left.pointer, right)
    }
  }

  public static func * (left: Double, right: Tensor) throws(TorchError) -> Tensor {
    try right * left
  }

  public static func / (left: Tensor, right: Double) throws(TorchError) -> Tensor {
    try make("division of \(left.shape) by \(right)") {
      ctorch_divide_number(&$0, left.pointer, right)
    }
  }

  public static func / (left: Double, right: Tensor) throws(TorchError) -> Tensor {
    try right.power(-1) * left
  }
}
