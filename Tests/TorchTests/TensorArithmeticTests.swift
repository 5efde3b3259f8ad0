import Testing
import Torch

struct TensorArithmeticTests {
  private let left = [6, 8, 10] as [Float]
  private let right = [1, 2, 4] as [Float]

  @Test func combinesElementByElement() throws {
    let left = try Tensor(left, shape: [3])
    let right = try Tensor(right, shape: [3])
    #expect(try (left + right).floats() == [7, 10, 14])
    #expect(try (left - right).floats() == [5, 6, 6])
    #expect(try (left * right).floats() == [6, 16, 40])
    #expect(try (left / right).floats() == [6, 4, 2.5])
    #expect(try left.larger(than: right * 3).floats() == [6, 8, 12])
  }

  @Test func combinesWithNumbersOnEitherSide() throws {
    let tensor = try Tensor(right, shape: [3])
    #expect(try (tensor + 1).floats() == [2, 3, 5])
    #expect(try (1 + tensor).floats() == [2, 3, 5])
    #expect(try (tensor - 1).floats() == [0, 1, 3])
    #expect(try (1 - tensor).floats() == [0, -1, -3])
    #expect(try (tensor * 3).floats() == [3, 6, 12])
    #expect(try (3 * tensor).floats() == [3, 6, 12])
    #expect(try (tensor / 2).floats() == [0.5, 1, 2])
    #expect(try (2 / tensor).floats() == [2, 1, 0.5])
  }

  @Test func repeatsAxesOfLengthOne() throws {
    // [[1], [2]] + [[10, 20, 30]]
    let column = try Tensor([1, 2] as [Float], shape: [2, 1])
    let row = try Tensor([10, 20, 30] as [Float], shape: [3])
    let sum = try column + row
    #expect(sum.shape == [2, 3])
    #expect(try sum.floats() == [11, 21, 31, 12, 22, 32])
  }

  @Test func gradientsAgreeWithFiniteDifferences() throws {
    let other = try waves([2, 3], step: 0.9) + 2
    let point = try waves([2, 3], step: 0.4) + 1.5
    try expectGradient(at: point) { try $0 + other }
    try expectGradient(at: point) { try other - $0 }
    try expectGradient(at: point) { try $0 * other * $0 }
    try expectGradient(at: point) { try $0 / other }
    try expectGradient(at: point) { try other / $0 }
    try expectGradient(at: point) { try $0.larger(than: other) }
    try expectGradient(at: point) { try 2 - $0 * 3 + 1 }
    try expectGradient(at: point) { try 2 / $0 - $0 / 3 }
    try expectGradient(at: waves([3], step: 0.4)) { try $0 * other }
  }

  @Test func namesTheShapesThatDoNotFit() throws {
    let error = #expect(throws: TorchError.self) { try Tensor.ones([2, 3]) + Tensor.ones([4]) }
    #expect(error?.operation == "addition of [2, 3] and [4]")
    #expect(error?.reason.contains("must match the size of tensor b (4)") == true)
  }
}
