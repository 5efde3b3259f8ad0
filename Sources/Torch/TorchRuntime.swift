internal import CTorch

/// The libtorch that this process is linked with.
public enum TorchRuntime {
  /// Its version, as "1.13.1".
  public static var version: String { String(cString: ctorch_version()) }

  /// The number of threads that one operation may use.
  public static var threads: Int { Int(ctorch_threads()) }

  /// Sets the number of threads that one operation may use.
  ///
  /// Call it before the first computation, on the thread that will compute.
  public static func setThreads(_ count: Int) throws(TorchError) {
    let operation = "setting \(count) threads"
    guard let number = Int32(exactly: count), number > 0 else {
      throw TorchError(operation: operation, reason: "at least one thread is needed")
    }
    try check(operation) { ctorch_set_threads(number) }
  }

  /// Keeps the memory of freed tensors in the process, for the next ones.
  ///
  /// Otherwise every tensor above 32 MB is given back to the system, which hands out zeroed pages
  /// again for the next: a third of the processor time of training on 64³ patches. The price is that
  /// the process stays as large as it once was. Call it once, at the start of a training.
  public static func keepFreedMemory() {
    ctorch_keep_freed_memory()
  }

  /// Gives the memory of freed tensors back to the system once, so that what the process holds is what it
  /// uses; where the C library is not glibc, nothing happens.
  public static func returnFreedMemory() {
    ctorch_return_freed_memory()
  }

  /// Whether there is a CUDA device, and a libtorch that can use it.
  public static var isCUDAAvailable: Bool { ctorch_has_cuda() != 0 }
}

/// Runs one CTorch function, and throws what it said when it failed.
func check(_ operation: @autoclosure () -> String, _ call: () -> Int32) throws(TorchError) {
  if call() != 0 {
    throw TorchError(operation: operation(), reason: String(cString: ctorch_last_error()))
  }
}
