internal import CTorch

/// An n-dimensional array of numbers that knows how it was computed.
///
/// Images are `[batch, channels, depth, height, width]`. Operations give new tensors; the few that
/// change one in place say so. Axes may count from the end: -1 is the last.
///
/// Every operation throws ``TorchError`` when libtorch refuses its arguments or memory runs out. The
/// error names the operation and the shapes, so a search can report a bad candidate and go on.
///
/// A tensor is a reference: modules that hold the same one share its numbers and its gradient.
public final class Tensor {
  /// The handle, which this object alone owns.
  let pointer: OpaquePointer

  /// Takes over a handle that CTorch gave out.
  init(owning pointer: OpaquePointer) {
    self.pointer = pointer
  }

  deinit {
    ctorch_free(pointer)
  }

  /// The length of every axis; empty for a single number.
  public var shape: [Int] {
    (0..<ctorch_rank(pointer)).map { ctorch_length(pointer, $0) }
  }

  /// How many numbers there are.
  public var elementCount: Int { ctorch_count(pointer) }

  public var scalarType: ScalarType {
    guard let type = ScalarType(rawValue: ctorch_type_of(pointer)) else {
      preconditionFailure("no operation of this module gives another scalar type")
    }
    return type
  }

  public var device: Device { Device(number: ctorch_device_of(pointer)) }

  /// Whether the numbers lie as CKernels wants them, which only matters to speed.
  var isBlocked: Bool { ctorch_is_blocked(pointer) != 0 }

  /// Runs one CTorch function and wraps the tensor it fills in, or throws what it said.
  ///
  /// `operation` is only put together for an error. Because it may be, the tensors it mentions live
  /// until `call` has returned; so every operation mentions all of its tensors.
  static func make(
    _ operation: @autoclosure () -> String, _ call: (inout OpaquePointer?) -> Int32
  ) throws(TorchError) -> Tensor {
    var result: OpaquePointer?
    guard call(&result) == 0, let result else {
      throw TorchError(operation: operation(), reason: String(cString: ctorch_last_error()))
    }
    return Tensor(owning: result)
  }
}

extension Tensor: CustomStringConvertible {
  /// Type, shape and place, not the numbers: "float32 [2, 3] on cpu".
  public var description: String { "\(scalarType) \(shape) on \(device)" }
}
