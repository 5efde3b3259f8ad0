import TestSupport
import Testing
import Torch

struct TorchRuntimeTests {
  @Test func knowsItsVersion() {
    #expect(TorchRuntime.version.split(separator: ".").count >= 3)
  }

  @Test func setsThreadsMoreThanOnce() throws {
    let before = TorchRuntime.threads
    try TorchRuntime.setThreads(1)
    #expect(TorchRuntime.threads == 1)
    try TorchRuntime.setThreads(before)
    #expect(TorchRuntime.threads == before)
  }

  @Test func refusesToWorkWithoutThreads() {
    #expect(
      throws: TorchError(operation: "setting 0 threads", reason: "at least one thread is needed")
    ) { try TorchRuntime.setThreads(0) }
  }

  @Test func keepingMemoryChangesNoResult() throws {
    TorchRuntime.keepFreedMemory()
    let large = try Tensor.ones([16 << 20])
    #expect(try (large + large).sum().item() == Double(32 << 20))
  }
}
