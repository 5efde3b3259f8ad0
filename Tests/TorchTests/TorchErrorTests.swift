import Testing
import Torch

struct TorchErrorTests {
  @Test func saysWhatWasAttemptedAndWhy() {
    let error = TorchError(operation: "addition of [2] and [3]", reason: "they differ")
    #expect(error.description == "addition of [2] and [3]: they differ")
  }

  @Test func isOneLineWithoutABacktrace() throws {
    let tensor = try Tensor.ones([2, 3])
    let error = #expect(throws: TorchError.self) { try tensor.selected(axis: 5, index: 0) }
    #expect(
      error?.description
        == "selection of 0 from axis 5 of [2, 3]: "
        + "Dimension out of range (expected to be in range of [-2, 1], but got 5)")
  }

  @Test func memoryThatCannotBeHadIsAnError() {
    let error = #expect(throws: TorchError.self) { try Tensor.zeros([1 << 20, 1 << 20, 1 << 10]) }
    #expect(error?.operation == "filling of [1048576, 1048576, 1024] with 0.0 on cpu")
  }

  @Test func libtorchGoesOnAfterAnError() throws {
    let tensor = try Tensor.ones([2])
    for _ in 0..<3 { #expect(throws: TorchError.self) { try tensor.reshaped([3]) } }
    #expect(try tensor.sum().item() == 2)
  }
}
