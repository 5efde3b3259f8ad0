import Testing
import Torch
import Training

struct OptimizerTests {
  /// A weight whose gradient is (3, 4): norm 5.
  private func weight() throws -> NamedTensor {
    let tensor = try Tensor([1.0, 1.0], shape: [2])
    try tensor.markAsWeight()
    try (tensor * Tensor([3.0, 4.0], shape: [2])).sum().backward()
    return (name: "w", tensor: tensor)
  }

  @Test func clippingScalesALongGradientToTheLimit() throws {
    let weight = try weight()
    #expect(abs(try clipGradients(of: [weight], toNorm: 1) - 5) < 1e-12)
    let gradient = try #require(weight.tensor.gradient).doubles()
    #expect(abs(gradient[0] - 0.6) < 1e-6 && abs(gradient[1] - 0.8) < 1e-6)
  }

  @Test func clippingLeavesAShortGradientAlone() throws {
    let weight = try weight()
    try clipGradients(of: [weight], toNorm: 12)
    let gradient = try #require(weight.tensor.gradient).doubles()
    #expect(gradient == [3, 4])
  }

  @Test func aLimitOfZeroMeansNoLimit() throws {
    let weight = try weight()
    try clipGradients(of: [weight], toNorm: 0)
    let gradient = try #require(weight.tensor.gradient).doubles()
    #expect(gradient == [3, 4])
  }
}
