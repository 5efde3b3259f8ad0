import Torch

/// What `evaluate --subsets` is told about the model.
struct SubsetChoice {
  let model: String
  let isResumed: Bool
  let device: Device

  /// - Returns: `nil` when subsets are not asked for.
  init?(_ arguments: inout Arguments) throws(UsageError) {
    let isAsked = try arguments.flag("subsets")
    let model = try arguments.option("model")
    let isResumed = try arguments.flag("resume")
    let name = try arguments.option("device")
    guard isAsked else {
      guard model == nil, !isResumed, name == nil else {
        throw UsageError("--model, --resume and --device belong to --subsets.")
      }
      return nil
    }
    guard let model else { throw UsageError("--model is missing.") }
    do {
      device = try Device(parsing: name ?? "cpu")
    } catch {
      throw UsageError("--device takes cpu, cuda or cuda:N, not '\(name ?? "")'.")
    }
    self.model = model
    self.isResumed = isResumed
    if device != .cpu, !TorchRuntime.isCUDAAvailable {
      throw UsageError("--device \(device): this machine or this libtorch has no CUDA device.")
    }
  }
}
