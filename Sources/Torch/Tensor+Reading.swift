internal import CTorch

extension Tensor {
  /// The numbers as `Float`, the last axis running fastest.
  public func floats() throws(TorchError) -> [Float] {
    try withFloats { Array($0) }
  }

  /// The numbers as `Double`, the last axis running fastest.
  public func doubles() throws(TorchError) -> [Double] {
    try withNumbers(CTORCH_FLOAT64, as: Double.self) { Array($0) }
  }

  /// The classes as bytes, the last axis running fastest.
  ///
  /// - Throws: ``TorchError`` when a number is outside 0...255.
  public func bytes() throws(TorchError) -> [UInt8] {
    let (bytes, outlier) = try withNumbers(CTORCH_INT64, as: Int64.self) { numbers in
      (numbers.map { UInt8(clamping: $0) }, numbers.first { UInt8(exactly: $0) == nil })
    }
    if let outlier {
      throw TorchError(
        operation: "reading \(shape) as bytes", reason: "\(outlier) is not between 0 and 255")
    }
    return bytes
  }

  /// The only number of a tensor with one element.
  public func item() throws(TorchError) -> Double {
    var result = 0.0
    try check("reading the only number of \(shape)") { ctorch_item(&result, pointer) }
    return result
  }

  /// Reads the numbers where they are, the last axis running fastest.
  ///
  /// They are copied only when they are not float32, not on the processor, or not in this order
  /// (after ``permuted(_:)``, for instance). The buffer is valid during the call only.
  public func withFloats<Result>(
    _ body: (UnsafeBufferPointer<Float>) -> Result
  ) throws(TorchError) -> Result {
    try withNumbers(CTORCH_FLOAT32, as: Float.self, body)
  }

  /// Reads the numbers as `Number`, which CTorch knows by `type`.
  private func withNumbers<Number, Result>(
    _ type: Int, as: Number.Type, _ body: (UnsafeBufferPointer<Number>) -> Result
  ) throws(TorchError) -> Result {
    let readable = try Tensor.make("reading of \(shape)") {
      ctorch_readable(&$0, pointer, Int32(type))
    }
    return withExtendedLifetime(readable) {
      let start = ctorch_data(readable.pointer)?.assumingMemoryBound(to: Number.self)
      return body(UnsafeBufferPointer(start: start, count: start == nil ? 0 : elementCount))
    }
  }

  /// These numbers on `device`; the same tensor when they are there already.
  public func moved(to device: Device) throws(TorchError) -> Tensor {
    try Tensor.make("moving of \(shape) to \(device)") {
      ctorch_converted(&$0, pointer, ctorch_type_of(pointer), device.number)
    }
  }

  /// These numbers as `type`; the same tensor when they are that already.
  public func converted(to type: ScalarType) throws(TorchError) -> Tensor {
    try Tensor.make("conversion of \(shape) to \(type)") {
      ctorch_converted(&$0, pointer, type.rawValue, ctorch_device_of(pointer))
    }
  }

  /// A tensor of its own with these numbers.
  public func copied() throws(TorchError) -> Tensor {
    try Tensor.make("copying of \(shape)") { ctorch_copied(&$0, pointer) }
  }
}
