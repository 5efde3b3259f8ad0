internal import CTorch

extension Tensor {
  /// A float32 tensor with a copy of `values`, the last axis running fastest.
  public convenience init(_ values: [Float], shape: [Int]) throws(TorchError) {
    self.init(owning: try Tensor.handle(copying: values, of: CTORCH_FLOAT32, shape: shape))
  }

  /// A float64 tensor with a copy of `values`, the last axis running fastest.
  public convenience init(_ values: [Double], shape: [Int]) throws(TorchError) {
    self.init(owning: try Tensor.handle(copying: values, of: CTORCH_FLOAT64, shape: shape))
  }

  /// An int64 tensor of `classes`, the last axis running fastest.
  public convenience init(_ classes: [UInt8], shape: [Int]) throws(TorchError) {
    let bytes = Tensor(owning: try Tensor.handle(copying: classes, of: CTORCH_UINT8, shape: shape))
    var wide: OpaquePointer?
    try check("conversion of classes of shape \(bytes.shape)") {
      ctorch_converted(&wide, bytes.pointer, Int32(CTORCH_INT64), Int32(CTORCH_CPU))
    }
    self.init(owning: try Tensor.given(wide))
  }

  /// A uint8 tensor with a copy of `bytes`, the last axis running fastest.
  public convenience init(bytes: [UInt8], shape: [Int]) throws(TorchError) {
    self.init(owning: try Tensor.handle(copying: bytes, of: CTORCH_UINT8, shape: shape))
  }

  /// A tensor of zeros.
  public static func zeros(
    _ shape: [Int], type: ScalarType = .float32, device: Device = .cpu
  ) throws(TorchError) -> Tensor {
    try filled(with: 0, shape, type: type, device: device)
  }

  /// A tensor of ones.
  public static func ones(
    _ shape: [Int], type: ScalarType = .float32, device: Device = .cpu
  ) throws(TorchError) -> Tensor {
    try filled(with: 1, shape, type: type, device: device)
  }

  /// A tensor that holds `value` everywhere.
  public static func filled(
    with value: Double, _ shape: [Int], type: ScalarType = .float32, device: Device = .cpu
  ) throws(TorchError) -> Tensor {
    try make("filling of \(shape) with \(value) on \(device)") {
      ctorch_filled(&$0, value, shape, shape.count, type.rawValue, device.number)
    }
  }

  /// Zeros of the shape, type and device of `other`.
  public static func zeros(like other: Tensor) throws(TorchError) -> Tensor {
    try zeros(other.shape, type: other.scalarType, device: other.device)
  }

  /// Ones of the shape, type and device of `other`.
  public static func ones(like other: Tensor) throws(TorchError) -> Tensor {
    try ones(other.shape, type: other.scalarType, device: other.device)
  }

  /// Copies `values`, whose elements CTorch knows by `type`, into a new handle.
  private static func handle<Scalar: BitwiseCopyable>(
    copying values: [Scalar], of type: Int, shape: [Int]
  ) throws(TorchError) -> OpaquePointer {
    let operation = "making a tensor of shape \(shape) from \(values.count) numbers"
    if shape.contains(where: { $0 < 0 }) {
      throw TorchError(operation: operation, reason: "a length is negative")
    }
    let count = shape.reduce(1, *)
    guard count == values.count else {
      throw TorchError(operation: operation, reason: "the shape holds \(count) numbers")
    }
    var result: OpaquePointer?
    try check(operation) {
      ctorch_from_data(&result, values, Int32(type), shape, shape.count)
    }
    return try given(result)
  }

  /// The handle of a call that succeeded, and so must have filled one in.
  private static func given(_ handle: OpaquePointer?) throws(TorchError) -> OpaquePointer {
    guard let handle else { throw TorchError(operation: "CTorch", reason: "gave no tensor") }
    return handle
  }
}
