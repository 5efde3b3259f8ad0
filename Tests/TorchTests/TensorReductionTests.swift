import TestSupport
import Testing
import Torch

/// Reference: PyTorch 2.15, `Tests/Reference/torch_values.py`.
struct TensorReductionTests {
  // 1 5 3
  // 4 2 6
  private let numbers = [1, 5, 3, 4, 2, 6] as [Float]

  @Test func reducesEverything() throws {
    let tensor = try Tensor(numbers, shape: [2, 3])
    #expect(try tensor.sum().item() == 21)
    #expect(try tensor.mean().item() == 3.5)
    #expect(try tensor.maximum().item() == 6)
    #expect(try tensor.minimum().item() == 1)
    #expect(try tensor.sum().shape == [])
  }

  @Test func reducesOverAxes() throws {
    let tensor = try Tensor(numbers, shape: [2, 3])
    #expect(try tensor.sum(overAxes: [0]).floats() == [5, 7, 9])
    #expect(try tensor.sum(overAxes: [1]).floats() == [9, 12])
    #expect(try tensor.mean(overAxes: [-1]).floats() == [3, 4])
    #expect(try tensor.maximum(overAxes: [1]).floats() == [5, 6])
    #expect(try tensor.sum(overAxes: [0, 1]).shape == [])
  }

  @Test func keepsAxesWhenAsked() throws {
    let tensor = try Tensor(numbers, shape: [2, 3])
    #expect(try tensor.sum(overAxes: [1], keepingAxes: true).shape == [2, 1])
    #expect(try tensor.mean(overAxes: [0, 1], keepingAxes: true).shape == [1, 1])
    #expect(try tensor.maximum(overAxes: [0], keepingAxes: true).shape == [1, 3])
  }

  @Test func noAxesReduceNothing() throws {
    let tensor = try Tensor(numbers, shape: [2, 3])
    #expect(try tensor.sum(overAxes: []).floats() == numbers)
    #expect(try tensor.mean(overAxes: []).floats() == numbers)
    #expect(try tensor.maximum(overAxes: []).floats() == numbers)
  }

  @Test func findsWhereTheLargestIs() throws {
    let found = try Tensor(numbers, shape: [2, 3]).argmax(axis: 1)
    #expect(found.scalarType == .int64)
    #expect(try found.bytes() == [1, 2])
    #expect(try Tensor([7, 7] as [Float], shape: [2]).argmax(axis: 0).item() == 0)
  }

  @Test func softmaxAgreesWithPyTorch() throws {
    let image = try waves([2, 4, 5, 6, 7], step: 0.37)
    try expect(
      image.softmax(axis: 1),
      startsWith: [
        0.18987935215535232, 0.2519255963070174, 0.3179168740244408, 0.3778729484145845,
      ],
      norm: 12.170054912933878)
    try expect(
      image.logSoftmax(axis: -1),
      startsWith: [
        -2.6663510982275462, -2.304735666262584, -1.9920631865994012, -1.7706524125474985,
      ],
      norm: 86.35148741247876)
  }

  @Test func logSoftmaxIsExactFarFromOne() throws {
    let tensor = try Tensor([0, 1000] as [Float], shape: [2])
    #expect(try tensor.logSoftmax(axis: 0).floats() == [-1000, 0])
  }

  @Test func gradientsAgreeWithFiniteDifferences() throws {
    let point = try waves([2, 3, 2], step: 0.8)
    try expectGradient(at: point) { try $0.sum() }
    try expectGradient(at: point) { try $0.mean() }
    try expectGradient(at: point) { try $0.maximum() }
    try expectGradient(at: point) { try $0.minimum() }
    try expectGradient(at: point) { try $0.sum(overAxes: [1]) }
    try expectGradient(at: point) { try $0.mean(overAxes: [0, 2], keepingAxes: true) }
    try expectGradient(at: point) { try $0.maximum(overAxes: [1]) }
    try expectGradient(at: point) { try $0.softmax(axis: 1) }
    try expectGradient(at: point) { try $0.logSoftmax(axis: -1) }
  }

  @Test func namesTheAxisThatIsNotThere() throws {
    let error = #expect(throws: TorchError.self) { try Tensor.ones([2, 3]).sum(overAxes: [2]) }
    #expect(error?.operation == "sum of [2, 3] over the axes [2]")
    #expect(error?.reason.contains("Dimension out of range") == true)
  }
}
