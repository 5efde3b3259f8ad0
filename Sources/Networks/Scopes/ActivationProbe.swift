public import Torch

/// Tells what comes out of every leaky ReLU of a network while it runs.
///
/// The sign of such an output says which of its two slopes a unit uses, which is all that proxies
/// without training want to know.
public final class ActivationProbe: Sendable {
  @TaskLocal static var current: ActivationProbe?

  private let onActivation: @Sendable (Tensor) throws(TorchError) -> Void

  /// - Parameter onActivation: Told each output `[batch, channels, depth, height, width]`, in the order
  ///   in which they are computed.
  public init(onActivation: @escaping @Sendable (Tensor) throws(TorchError) -> Void) {
    self.onActivation = onActivation
  }

  /// Runs `body`, in which every leaky ReLU tells this probe its output.
  ///
  /// This holds for the calling task and ends with `body`, also when that throws.
  public func watching<Result>(
    _ body: () throws(TorchError) -> Result
  ) throws(TorchError) -> Result {
    try Self.$current.withValue(self) {
      Swift.Result { () throws(TorchError) -> Result in try body() }
    }.get()
  }

  /// Passes an output on to the probe of the scope, if there is one.
  static func see(_ activation: Tensor) throws(TorchError) {
    try current?.onActivation(activation)
  }
}
