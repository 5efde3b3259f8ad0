import Testing
import Torch

struct TensorMakingTests {
  @Test func typesFollowTheNumbers() throws {
    #expect(try Tensor([1, 2] as [Float], shape: [2]).scalarType == .float32)
    #expect(try Tensor([1, 2] as [Double], shape: [2]).scalarType == .float64)
    #expect(try Tensor([1, 2] as [UInt8], shape: [2]).scalarType == .int64)
  }

  @Test func lastAxisRunsFastest() throws {
    // 1 2 3
    // 4 5 6
    let tensor = try Tensor([1, 2, 3, 4, 5, 6] as [Float], shape: [2, 3])
    #expect(try tensor.selected(axis: 0, index: 1).floats() == [4, 5, 6])
    #expect(try tensor.selected(axis: 1, index: 0).floats() == [1, 4])
  }

  @Test func numbersAreCopiedIn() throws {
    var numbers: [Float] = [1, 2]
    let tensor = try Tensor(numbers, shape: [2])
    numbers[0] = 9
    #expect(try tensor.floats() == [1, 2])
    #expect(numbers == [9, 2])
  }

  @Test func fillsShapes() throws {
    #expect(try Tensor.zeros([2, 2]).floats() == [0, 0, 0, 0])
    #expect(try Tensor.ones([3], type: .float64).doubles() == [1, 1, 1])
    #expect(try Tensor.filled(with: 4, [2], type: .int64).bytes() == [4, 4])
  }

  @Test func likenessIsOfShapeAndType() throws {
    let model = try Tensor([1, 2, 3] as [Double], shape: [3, 1])
    #expect(try Tensor.zeros(like: model).description == "float64 [3, 1] on cpu")
    #expect(try Tensor.ones(like: model).doubles() == [1, 1, 1])
  }

  @Test func refusesShapesThatHoldAnotherNumberOfNumbers() {
    #expect(
      throws: TorchError(
        operation: "making a tensor of shape [2, 3] from 5 numbers",
        reason: "the shape holds 6 numbers")
    ) { try Tensor([1, 2, 3, 4, 5] as [Float], shape: [2, 3]) }
  }

  @Test func refusesNegativeLengths() {
    #expect(
      throws: TorchError(
        operation: "making a tensor of shape [-1, -2] from 2 numbers",
        reason: "a length is negative")
    ) { try Tensor([1, 2] as [Float], shape: [-1, -2]) }
  }
}
