import Torch

/// Where and with what the verbs compute that run networks.
struct ComputingOptions {
  let device: Device
  let threads: Int?
  let seed: UInt64?

  /// The lines of the help text.
  static let help: [Help.Option] = [
    .init("device", "NAME", "Where to compute: cpu or cuda.", standard: "cpu"),
    .init("threads", "N", "Threads to compute with.", standard: "one per core"),
    .init("seed", "N", "The seed of all randomness.", standard: "the pipeline's"),
    .init("quiet", "Print nothing but results, warnings and errors."),
    .init("json", "Print the result as JSON."),
  ]

  init(_ arguments: inout Arguments) throws(UsageError) {
    let name = try arguments.option("device") ?? "cpu"
    do {
      device = try Device(parsing: name)
    } catch {
      throw UsageError("--device takes cpu, cuda or cuda:N, not '\(name)'.")
    }
    threads = try arguments.integer("threads", in: 1...1024)
    seed = try arguments.seed()
  }

  /// Prepares the machine and sets the number of threads; refuses a device that is not there.
  ///
  /// - Parameter configured: What the pipeline says; 0: one thread per core.
  func apply(threads configured: Int = 0) throws {
    if device != .cpu, !TorchRuntime.isCUDAAvailable {
      throw UsageError("--device \(device): this machine or this libtorch has no CUDA device.")
    }
    TorchRuntime.keepFreedMemory()
    let wanted = threads ?? configured
    if wanted > 0 { try TorchRuntime.setThreads(wanted) }
  }
}
