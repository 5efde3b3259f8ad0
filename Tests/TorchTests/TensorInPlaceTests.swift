import Testing
import Torch

struct TensorInPlaceTests {
  @Test func changesNumbersInPlace() throws {
    let tensor = try Tensor([1, 2] as [Float], shape: [2])
    let other = try Tensor([10, 20] as [Float], shape: [2])
    try tensor.add(other, scaledBy: 0.5)
    #expect(try tensor.floats() == [6, 12])
    try tensor.multiply(by: 0.5)
    #expect(try tensor.floats() == [3, 6])
    try tensor.addProduct(other, other, scaledBy: 0.01)
    #expect(try tensor.floats() == [4, 10])
    try tensor.addQuotient(other, other, scaledBy: -1)
    #expect(try tensor.floats() == [3, 9])
    try tensor.copyValues(from: other)
    #expect(try tensor.floats() == [10, 20])
    try tensor.fill(with: 0.25)
    #expect(try tensor.floats() == [0.25, 0.25])
  }

  @Test func weightsCanBeChangedAndStayWeights() throws {
    let weight = try Tensor([1, 2] as [Float], shape: [2])
    try weight.markAsWeight()
    try weight.add(Tensor.ones([2]), scaledBy: -1)
    #expect(weight.requiresGradient)
    try (weight * weight).sum().backward()
    #expect(try weight.gradient?.floats() == [0, 2])
  }

  @Test func changesReachEveryoneWhoSharesTheNumbers() throws {
    let tensor = try Tensor.zeros([2, 2])
    try tensor.selected(axis: 0, index: 1).fill(with: 3)
    #expect(try tensor.floats() == [0, 0, 3, 3])
  }

  @Test func movingKeepsTheWeightAndDropsItsGradient() throws {
    let weight = try Tensor([1, 2] as [Float], shape: [2])
    try weight.markAsWeight()
    try weight.sum().backward()
    try weight.replaceStorage(device: .cpu, type: .float64)
    #expect(weight.scalarType == .float64)
    #expect(weight.requiresGradient)
    #expect(weight.gradient == nil)
    try (weight * 3).sum().backward()
    #expect(try weight.gradient?.doubles() == [3, 3])
  }

  @Test func copyingConvertsTypesButNotShapes() throws {
    let tensor = try Tensor.zeros([2])
    try tensor.copyValues(from: Tensor([1.5, 2.5], shape: [2]))
    #expect(try tensor.floats() == [1.5, 2.5])
    #expect(
      throws: TorchError(
        operation: "copying of [1] in place to [2]", reason: "the shapes differ")
    ) { try tensor.copyValues(from: Tensor.ones([1])) }
  }
}
