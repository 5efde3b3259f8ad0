import Networks
import Randomness
import Testing

struct MultimodalBoltzmannMachineNumbersTests {
  private func machine(seed: UInt64) -> MultimodalBoltzmannMachine {
    var generator = SplitMix64(seed: seed)
    return MultimodalBoltzmannMachine(
      [
        .init("ct", .gaussian, features: 2, hidden: [3, 2]),
        .init("mri", .binary, features: 1, hidden: [2]),
      ], joint: 4, using: &generator)
  }

  @Test func everyArrayHasItsNameAndShape() {
    let numbers = machine(seed: 1).numbers
    #expect(
      numbers.map(\.name) == [
        "ct.layer0.bias", "ct.layer0.weights", "ct.layer1.bias", "ct.layer1.weights",
        "ct.layer2.bias", "ct.layer2.weights", "mri.layer0.bias", "mri.layer0.weights",
        "mri.layer1.bias", "mri.layer1.weights", "joint.bias",
      ])
    #expect(
      numbers.map(\.shape) == [
        [2], [2, 3], [3], [3, 2], [2], [2, 4], [1], [1, 2], [2], [2, 4], [4],
      ])
  }

  @Test func numbersMakeTheMachine() {
    var other = machine(seed: 2)
    other.numbers = machine(seed: 1).numbers
    #expect(other == machine(seed: 1))
  }
}
