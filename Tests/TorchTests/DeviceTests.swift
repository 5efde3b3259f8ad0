import Testing
import Torch

struct DeviceTests {
  @Test func readsWhatItWrites() throws {
    for device in [Device.cpu, .cuda(0), .cuda(3)] {
      #expect(try Device(parsing: device.description) == device)
    }
    #expect(try Device(parsing: "cuda") == .cuda(0))
  }

  @Test(arguments: ["", "gpu", "CPU", "cuda:", "cuda:-1", "cuda:128", "cuda:one"])
  func refusesOtherWords(text: String) {
    #expect(
      throws: TorchError(
        operation: "reading the device \"\(text)\"",
        reason: "a device is cpu, cuda or cuda:N with N from 0 to 127")
    ) { try Device(parsing: text) }
  }

  @Test func movesToTheProcessorAreNoCopies() throws {
    let tensor = try Tensor.ones([2])
    let moved = try tensor.moved(to: .cpu)
    try moved.fill(with: 7)
    #expect(try tensor.floats() == [7, 7])
    #expect(tensor.device == .cpu)
  }

  @Test(.enabled(if: !TorchRuntime.isCUDAAvailable)) func saysWhenThereIsNoSuchDevice() throws {
    let error = #expect(throws: TorchError.self) { try Tensor.zeros([2, 3], device: .cuda(0)) }
    #expect(error?.operation == "filling of [2, 3] with 0.0 on cuda:0")
    #expect(error?.reason.isEmpty == false)
  }

  // Skipped where libtorch finds no CUDA device.
  @Test(.enabled(if: TorchRuntime.isCUDAAvailable)) func computesOnTheAccelerator() throws {
    let tensor = try Tensor([1, 2, 3] as [Float], shape: [3]).moved(to: .cuda(0))
    #expect(tensor.device == .cuda(0))
    #expect(try (tensor * 2).floats() == [2, 4, 6])
  }
}
