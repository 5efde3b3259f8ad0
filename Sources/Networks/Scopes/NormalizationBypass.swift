public import Torch

/// Whether instance normalisation passes its input on as it is.
enum NormalizationBypass {
  @TaskLocal static var isOn = false
}

/// Runs `body`, in which no instance normalisation changes anything: no mean is subtracted, nothing is
/// divided or scaled or shifted. The leaky ReLU behind it stays.
///
/// So an untrained network can be looked at without what keeps its numbers in bounds. This holds for the
/// calling task and ends with `body`, also when that throws.
public func withoutNormalization<Result>(
  _ body: () throws(TorchError) -> Result
) throws(TorchError) -> Result {
  try NormalizationBypass.$isOn.withValue(true) {
    Swift.Result { () throws(TorchError) -> Result in try body() }
  }.get()
}
