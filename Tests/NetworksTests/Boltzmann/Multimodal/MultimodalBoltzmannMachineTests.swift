import Randomness
import Testing

@testable import Networks

struct MultimodalBoltzmannMachineTests {
  private func machine(_ modalities: [Modality], seed: UInt64 = 1) -> MultimodalBoltzmannMachine {
    var generator = SplitMix64(seed: seed)
    return MultimodalBoltzmannMachine(modalities, joint: 3, using: &generator)
  }

  @Test func pathwaysMeetInTheJointLayer() {
    let found = machine(SmallMachines.mixed)
    #expect(found.pathways == [[0, 1], [2, 3, 4], [5, 6]])
    #expect(found.machine.layers.map(\.bias.count) == [2, 3, 2, 2, 2, 2, 2, 3])
    #expect(found.machine.layers.map(\.units).prefix(3) == [.gaussian, .binary, .gaussian])
    #expect(found.machine.connections.map(\.first) == [0, 1, 2, 3, 4, 5, 6])
    #expect(found.machine.connections.map(\.second) == [1, 7, 3, 4, 7, 6, 7])
  }

  @Test func sameSeedSameMachine() {
    #expect(machine(SmallMachines.binary) == machine(SmallMachines.binary))
    #expect(machine(SmallMachines.binary) != machine(SmallMachines.binary, seed: 2))
  }

  @Test func samplesThatDoNotFitAreRefused() {
    let found = machine([
      Modality("ct", .gaussian, features: 2, hidden: [2]),
      Modality("mri", .binary, features: 1, hidden: [2]),
    ])
    func refused(_ sample: MultimodalBoltzmannMachine.Sample, as expected: BoltzmannError) {
      #expect(throws: expected) { try found.clamped(sample) }
    }
    refused([[1, 2]], as: .modalityCount(expected: ["ct", "mri"], found: 1))
    refused([[1], nil], as: .featureCount(modality: "ct", expected: 2, found: 1))
    refused([[1, .nan], nil], as: .notFinite(modality: "ct", feature: 1))
    refused([nil, [.infinity]], as: .notFinite(modality: "mri", feature: 0))
    refused([nil, [1.5]], as: .notAProbability(modality: "mri", feature: 0, value: 1.5))
    refused([nil, nil], as: .nothingPresent)
  }

  @Test func whatIsAbsentIsNotClamped() throws {
    let found = machine(SmallMachines.mixed)
    #expect(try found.clamped([[1, 2], nil, [0, 1]]) == [0: [1, 2], 5: [0, 1]])
  }
}
