import Testing
import Torch

@testable import Search

struct PeakMemoryTests {
  @Test func readsTheStatusOfAProcess() {
    let status = "Name:\tchiasm\nVmHWM:\t    2016 kB\nVmRSS:\t    1000 kB\n"
    #expect(PeakMemory.bytes("VmHWM:", in: status) == 2_064_384.0)
    #expect(PeakMemory.bytes("VmRSS:", in: status) == 1_024_000.0)
    #expect(PeakMemory.bytes("VmSwap:", in: status) == nil)
    // Eight digits leave no room for a space.
    #expect(PeakMemory.bytes("VmRSS:", in: "VmRSS:\t12345678 kB\n") == 12_345_678.0 * 1024)
  }

  /// Other tests of this process take and give back memory meanwhile, so one time out of some must do.
  @Test(.enabled(if: PeakMemory() != nil, "this system does not count peaks of memory"))
  func seesATensor() throws {
    let isSeen = try (0..<10).contains { _ in
      let memory = PeakMemory()
      let tensor = try Tensor.ones([64, 1024, 1024])
      return (memory?.bytes ?? 0) > 0.9 * Double(4 * tensor.elementCount)
    }
    #expect(isSeen)
  }
}
