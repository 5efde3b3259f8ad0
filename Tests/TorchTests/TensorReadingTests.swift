import Testing
import Torch

struct TensorReadingTests {
  @Test func readsInOrderWhateverTheLayout() throws {
    let tensor = try Tensor([1, 2, 3, 4, 5, 6] as [Float], shape: [2, 3])
    #expect(try tensor.permuted([1, 0]).floats() == [1, 4, 2, 5, 3, 6])
    #expect(try tensor.narrowed(axis: 1, from: 1, count: 2).doubles() == [2, 3, 5, 6])
  }

  @Test func readsWithoutCopyingWhereItCan() throws {
    let tensor = try Tensor([1, 2, 3] as [Float], shape: [3])
    let first = try tensor.withFloats { Int(bitPattern: $0.baseAddress) }
    let second = try tensor.withFloats { Int(bitPattern: $0.baseAddress) }
    #expect(first == second)
    #expect(try tensor.withFloats { $0.reduce(0, +) } == 6)
  }

  @Test func convertsBetweenTypes() throws {
    let halves = try Tensor([0.5, 1.5, -2.5] as [Double], shape: [3])
    #expect(try halves.floats() == [0.5, 1.5, -2.5])
    #expect(try halves.converted(to: .int64).doubles() == [0, 1, -2])
    #expect(try halves.converted(to: .float32).scalarType == .float32)
  }

  @Test func copiesAreIndependent() throws {
    let tensor = try Tensor([1, 2] as [Float], shape: [2])
    let copy = try tensor.copied()
    try copy.multiply(by: 10)
    #expect(try tensor.floats() == [1, 2])
    #expect(try copy.floats() == [10, 20])
  }

  @Test func classesComeBackAsBytes() throws {
    let classes: [UInt8] = [0, 3, 255, 1]
    #expect(try Tensor(classes, shape: [2, 2]).bytes() == classes)
  }

  @Test func refusesBytesOutsideTheirRange() throws {
    let tensor = try Tensor([3.0, 256, -1], shape: [3])
    #expect(
      throws: TorchError(operation: "reading [3] as bytes", reason: "256 is not between 0 and 255")
    ) { try tensor.bytes() }
  }

  @Test func onlyOneNumberIsAnItem() throws {
    let pair = try Tensor.ones([2])
    let error = #expect(throws: TorchError.self) { try pair.item() }
    #expect(error?.operation == "reading the only number of [2]")
  }
}
