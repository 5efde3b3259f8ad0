internal import CTorch

// Changes in place, for optimisers. The numbers change for everyone who shares them, and no gradient
// flows through the change.
extension Tensor {
  /// Adds `scale` × `other`.
  public func add(_ other: Tensor, scaledBy scale: Double = 1) throws(TorchError) {
    try check("addition of \(other.shape) in place to \(shape)") {
      ctorch_in_place_add(pointer, other.pointer, scale)
    }
  }

  public func multiply(by factor: Double) throws(TorchError) {
    try check("multiplication of \(shape) in place") { ctorch_in_place_multiply(pointer, factor) }
  }

  /// Adds `scale` × `left` × `right`.
  public func addProduct(
    _ left: Tensor, _ right: Tensor, scaledBy scale: Double = 1
  ) throws(TorchError) {
    try check("addition of \(left.shape) times \(right.shape) in place to \(shape)") {
      ctorch_in_place_add_product(pointer, left.pointer, right.pointer, scale)
    }
  }

  /// Adds `scale` × `left` / `right`.
  public func addQuotient(
    _ left: Tensor, _ right: Tensor, scaledBy scale: Double = 1
  ) throws(TorchError) {
    try check("addition of \(left.shape) by \(right.shape) in place to \(shape)") {
      ctorch_in_place_add_quotient(pointer, left.pointer, right.pointer, scale)
    }
  }

  /// Takes over the numbers of `source`, which has the same shape; type and device may differ.
  public func copyValues(from source: Tensor) throws(TorchError) {
    try check("copying of \(source.shape) in place to \(shape)") {
      ctorch_in_place_copy(pointer, source.pointer)
    }
  }

  public func fill(with value: Double) throws(TorchError) {
    try check("filling of \(shape) in place") { ctorch_in_place_fill(pointer, value) }
  }

  /// Moves the numbers to `device` as `type`, for every module that holds this tensor.
  ///
  /// A weight stays a weight; its gradient is dropped.
  public func replaceStorage(device: Device, type: ScalarType) throws(TorchError) {
    try check("moving of \(shape) in place to \(device) as \(type)") {
      ctorch_move(pointer, type.rawValue, device.number)
    }
  }
}
