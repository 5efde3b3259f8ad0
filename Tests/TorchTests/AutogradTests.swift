import Testing
import Torch

struct AutogradTests {
  private struct Interruption: Error {}

  private func weight() throws -> Tensor {
    let weight = try Tensor([1.0, 2, 3], shape: [3])
    try weight.markAsWeight()
    return weight
  }

  @Test func gradientsAddUpUntilCleared() throws {
    let weight = try weight()
    #expect(weight.gradient == nil)
    try (weight * weight).sum().backward()
    #expect(try weight.gradient?.doubles() == [2, 4, 6])
    try (weight * 10).sum().backward()
    #expect(try weight.gradient?.doubles() == [12, 14, 16])
    try weight.clearGradient()
    #expect(weight.gradient == nil)
  }

  @Test func theGradientCanBeScaledInPlace() throws {
    let weight = try weight()
    try weight.sum().backward()
    try weight.gradient?.multiply(by: 0.5)
    #expect(try weight.gradient?.doubles() == [0.5, 0.5, 0.5])
  }

  @Test func gradientsAreReturnedInOrderAndNilWhereIndependent() throws {
    let (first, second, third) = try (weight(), weight(), weight())
    let found = try Tensor.gradients(
      of: (first * third).sum(), withRespectTo: [third, second, first])
    #expect(try found.map { try $0?.doubles() } == [[1, 2, 3], nil, [1, 2, 3]])
    #expect(first.gradient == nil)
  }

  @Test func gradientsCanBeDifferentiated() throws {
    // The slope of x³ is 3x², and the slope of that is 6x.
    let weight = try weight()
    let first = try Tensor.gradients(
      of: weight.power(3).sum(), withRespectTo: [weight], differentiable: true)
    let slope = try #require(first[0])
    let second = try Tensor.gradients(of: slope.sum(), withRespectTo: [weight])
    #expect(try slope.doubles() == [3, 12, 27])
    #expect(try second[0]?.doubles() == [6, 12, 18])
  }

  @Test func aGraphIsUsedOnceUnlessKept() throws {
    let weight = try weight()
    let loss = try (weight * weight).sum()
    try loss.backward(keepingGraph: true)
    try loss.backward()
    #expect(try weight.gradient?.doubles() == [4, 8, 12])
    let error = #expect(throws: TorchError.self) { try loss.backward() }
    #expect(error?.operation == "gradient of []")
    #expect(error?.reason.contains("second time") == true)
  }

  @Test func onlyOneNumberHasAGradient() throws {
    let error = #expect(throws: TorchError.self) { try (weight() * 2).backward() }
    #expect(error?.operation == "gradient of [3]")
    #expect(error?.reason == "grad can be implicitly created only for scalar outputs")
  }

  @Test func detachedNumbersPassNoGradient() throws {
    let weight = try weight()
    try (weight * weight.detached()).sum().backward()
    #expect(try weight.gradient?.doubles() == [1, 2, 3])
  }

  @Test func classesCannotBeWeights() throws {
    let classes = try Tensor([1, 2] as [UInt8], shape: [2])
    let error = #expect(throws: TorchError.self) { try classes.markAsWeight() }
    #expect(error?.operation == "marking int64 [2] on cpu as a weight")
  }

  @Test func nothingIsRecordedWithoutGradients() throws {
    let weight = try weight()
    let unrecorded = try withoutGradients { try weight * 2 }
    #expect(!unrecorded.requiresGradient)
    #expect(try (weight * 2).requiresGradient)
  }

  @Test func scopesCanBeNested() throws {
    let weight = try weight()
    let after = try withoutGradients {
      _ = try withoutGradients { try weight * 2 }
      return try weight * 2
    }
    #expect(!after.requiresGradient)
    #expect(try (weight * 2).requiresGradient)
  }

  @Test func recordingGoesOnAfterAnError() throws {
    let weight = try weight()
    #expect(throws: TorchError.self) { try withoutGradients { try weight.reshaped([7]) } }
    #expect(throws: Interruption.self) {
      try withoutGradients { () throws(Interruption) in throw Interruption() }
    }
    #expect(try (weight * 2).requiresGradient)
  }
}
