import Testing
import Torch

/// Reference: PyTorch 2.15, `Tests/Reference/torch_values.py`.
struct TensorShapeTests {
  // 1 2 3
  // 4 5 6
  private func table() throws -> Tensor {
    try Tensor([1, 2, 3, 4, 5, 6] as [Float], shape: [2, 3])
  }

  @Test func reshapesInOrder() throws {
    let tall = try table().reshaped([3, -1])
    #expect(tall.shape == [3, 2])
    #expect(try tall.floats() == [1, 2, 3, 4, 5, 6])
  }

  @Test func turnsAndFlips() throws {
    #expect(try table().permuted([1, 0]).floats() == [1, 4, 2, 5, 3, 6])
    #expect(try table().flipped(axes: [1]).floats() == [3, 2, 1, 6, 5, 4])
    #expect(try table().flipped(axes: [0, 1]).floats() == [6, 5, 4, 3, 2, 1])
  }

  @Test func cutsOut() throws {
    #expect(try table().narrowed(axis: 1, from: 1, count: 2).floats() == [2, 3, 5, 6])
    #expect(try table().selected(axis: 0, index: -1).floats() == [4, 5, 6])
  }

  @Test func expandsWithoutCopying() throws {
    let wide = try Tensor([1, 2] as [Float], shape: [2, 1]).expanded(to: [-1, 3])
    #expect(try wide.floats() == [1, 1, 1, 2, 2, 2])
  }

  @Test func joins() throws {
    let twice = try Tensor.concatenated([table(), table()], axis: 1)
    #expect(try twice.floats() == [1, 2, 3, 1, 2, 3, 4, 5, 6, 4, 5, 6])
    let pair = try Tensor.stacked([table(), table() * 10])
    #expect(pair.shape == [2, 2, 3])
    #expect(try pair.selected(axis: 0, index: 1).floats() == [10, 20, 30, 40, 50, 60])
  }

  @Test func padsTheLastAxes() throws {
    // 0 0 0 0       one row above, one column to the right
    // 1 2 3 0
    // 4 5 6 0
    let padded = try table().padded(before: [1, 0], after: [0, 1])
    #expect(padded.shape == [3, 4])
    #expect(try padded.floats() == [0, 0, 0, 0, 1, 2, 3, 0, 4, 5, 6, 0])
  }

  @Test func paddingAgreesWithPyTorch() throws {
    let image = try waves([2, 4, 5, 6, 7], step: 0.37)
    let padded = try image.padded(before: [1, 2, 0], after: [1, 0, 1], value: 0.5)
    #expect(padded.shape == [2, 4, 7, 8, 8])
    try expect(padded, startsWith: [0.5, 0.5, 0.5, 0.5], norm: 36.28228238870832)
  }

  @Test func oneHotPutsTheClassesOnTheChannelAxis() throws {
    let classes = try Tensor([2, 0, 1, 1] as [UInt8], shape: [2, 2])
    let encoded = try classes.oneHot(classes: 3)
    #expect(encoded.shape == [2, 3, 2])
    #expect(encoded.scalarType == .float32)
    #expect(try encoded.floats() == [0, 1, 0, 0, 1, 0, /* second image */ 0, 0, 1, 1, 0, 0])
    #expect(try encoded.argmax(axis: 1).bytes() == [2, 0, 1, 1])
  }

  @Test func gradientsAgreeWithFiniteDifferences() throws {
    let point = try waves([2, 3, 2], step: 0.8)
    try expectGradient(at: point) { try $0.reshaped([3, 4]) * $0.sum() }
    try expectGradient(at: point) { try $0.permuted([2, 0, 1]).power(2) }
    try expectGradient(at: point) { try $0.flipped(axes: [0, 2]) }
    try expectGradient(at: point) { try $0.narrowed(axis: 1, from: 1, count: 2) }
    try expectGradient(at: point) { try $0.selected(axis: 2, index: 0) }
    try expectGradient(at: point) { try $0.selected(axis: 1, index: 1).expanded(to: [3, 2, 2]) }
    try expectGradient(at: point) { try Tensor.concatenated([$0, $0 * $0], axis: 1) }
    try expectGradient(at: point) { try Tensor.stacked([$0, $0.exp()], axis: -1) }
    try expectGradient(at: point) { try $0.padded(before: [1, 0], after: [0, 2]) }
  }

  @Test func namesWhatDoesNotFit() throws {
    #expect(
      throws: TorchError(
        operation: "reshaping of [2, 3] to [4]",
        reason: "shape '[4]' is invalid for input of size 6")
    ) { try table().reshaped([4]) }
    #expect(
      throws: TorchError(
        operation: "padding of [2, 3] by [1] before and [1, 1] after",
        reason: "the two lists differ in length")
    ) { try table().padded(before: [1], after: [1, 1]) }
    let error = #expect(throws: TorchError.self) {
      try Tensor.concatenated([table(), Tensor.ones([3, 3])], axis: 1)
    }
    #expect(error?.operation == "concatenation of [[2, 3], [3, 3]] along axis 1")
    let outside = #expect(throws: TorchError.self) {
      try Tensor([3] as [UInt8], shape: [1]).oneHot(classes: 3)
    }
    #expect(outside?.operation == "one-hot encoding of [1] in 3 classes")
  }
}
