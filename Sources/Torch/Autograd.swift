internal import CTorch

extension Tensor {
  /// Whether gradients flow to or through this tensor.
  public var requiresGradient: Bool { ctorch_requires_gradient(pointer) != 0 }

  /// Makes this tensor one whose gradient ``backward(keepingGraph:)`` computes.
  public func markAsWeight() throws(TorchError) {
    try check("marking \(self) as a weight") { ctorch_set_requires_gradient(pointer, 1) }
  }

  /// The sum of the gradients of every ``backward(keepingGraph:)`` since the last
  /// ``clearGradient()``, or `nil` before the first. Changing it in place changes what is kept.
  public var gradient: Tensor? { ctorch_gradient(pointer).map(Tensor.init(owning:)) }

  public func clearGradient() throws(TorchError) {
    try check("clearing the gradient of \(shape)") { ctorch_clear_gradient(pointer) }
  }

  /// Adds the gradient of this single number to the ``gradient`` of every weight it depends on.
  ///
  /// - Parameter keepingGraph: Whether to keep what is needed to do this a second time.
  public func backward(keepingGraph: Bool = false) throws(TorchError) {
    try check("gradient of \(shape)") { ctorch_backward(pointer, keepingGraph ? 1 : 0) }
  }

  /// The same numbers, through which no gradient flows.
  public func detached() throws(TorchError) -> Tensor {
    try Tensor.make("detaching of \(shape)") { ctorch_detached(&$0, pointer) }
  }

  /// The gradient of one number with respect to each of `inputs`, without touching ``gradient``.
  ///
  /// - Parameters:
  ///   - scalar: A tensor with one element.
  ///   - inputs: Tensors that were marked as weights or computed from such.
  ///   - keepingGraph: Whether to keep what is needed to do this a second time.
  ///   - differentiable: Whether the gradients can themselves be differentiated.
  /// - Returns: One gradient per input; `nil` for an input that `scalar` does not depend on.
  public static func gradients(
    of scalar: Tensor, withRespectTo inputs: [Tensor], keepingGraph: Bool = false,
    differentiable: Bool = false
  ) throws(TorchError) -> [Tensor?] {
    let handles = inputs.map { Optional($0.pointer) }
    var results = [OpaquePointer?](repeating: nil, count: inputs.count)
    try check("gradients of \(scalar.shape) with respect to \(inputs.map(\.shape))") {
      ctorch_gradients(
        &results, scalar.pointer, handles, handles.count, keepingGraph ? 1 : 0,
        differentiable ? 1 : 0)
    }
    return results.map { $0.map(Tensor.init(owning:)) }
  }
}

/// Runs `body` without recording what it computes, which saves the memory that gradients need.
///
/// This holds for the calling thread and ends with `body`, also when that throws. Where the type of
/// the error matters, Swift wants it in the closure: `{ () throws(TorchError) in … }`.
public func withoutGradients<Result, Failure: Error>(
  _ body: () throws(Failure) -> Result
) throws(Failure) -> Result {
  let wasRecording = ctorch_is_recording()
  ctorch_set_recording(0)
  defer { ctorch_set_recording(wasRecording) }
  return try body()
}
