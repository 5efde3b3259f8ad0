/// What libtorch, or this module on its behalf, refused to do, and why.
public struct TorchError: Error, Equatable, CustomStringConvertible {
  /// What was attempted, with the shapes involved: "addition of [2, 3] and [4]".
  public let operation: String

  /// Why it failed, in libtorch's words where libtorch refused.
  public let reason: String

  public init(operation: String, reason: String) {
    self.operation = operation
    self.reason = reason
  }

  public var description: String { "\(operation): \(reason)" }
}
