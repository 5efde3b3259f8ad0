import Randomness
import TestSupport
import Testing

@testable import Networks

struct BoltzmannMachineTests {
  /// Two Gaussian units (biases 0.5, −1) below one binary unit (bias 2), weights 3 and 4.
  private let machine = BoltzmannMachine(
    layers: [.init(.gaussian, bias: [0.5, -1]), .init(.binary, bias: [2])],
    connections: [.init(0, 1, weights: [3, 4])])

  @Test func energyByHand() {
    // 0.5·2 − 1·1 − (4 + 1)/2 + 2 + 3·2 + 4·1 = 9.5
    #expect(machine.negativeEnergy([[2, 1], [1]]) == 9.5)
    #expect(machine.negativeEnergy([[2, 1], [0]]) == -2.5)
  }

  @Test func fieldsByHandWithAllAndHalfOfTheWeights() {
    #expect(machine.field(of: 1, in: [[2, 1], [0]]) == [12])
    #expect(machine.field(of: 1, in: [[2, 1], [0]], scale: 0.5) == [7])
    #expect(machine.field(of: 0, in: [[2, 1], [1]]) == [3.5, 3])
  }

  @Test func aBinaryUnitsFieldIsWhatItsTurningOnTakesFromTheEnergy() {
    let machine = SmallMachines.machine(SmallMachines.binary, seed: 1)
    var generator = SplitMix64(seed: 2)
    let state = machine.firstState(using: &generator)
    for layer in machine.layers.indices {
      let field = machine.field(of: layer, in: state)
      for unit in field.indices {
        var (on, off) = (state, state)
        on[layer][unit] = 1
        off[layer][unit] = 0
        expectClose(
          machine.negativeEnergy(on) - machine.negativeEnergy(off), field[unit], within: 1e-12)
      }
    }
  }

  @Test func neighboursHaveDifferentColours() {
    let machine = SmallMachines.machine(SmallMachines.mixed, seed: 1)
    #expect(machine.colors.flatMap(\.self).sorted() == Array(machine.layers.indices))
    for connection in machine.connections {
      #expect(
        machine.colors[0].contains(connection.first)
          != machine.colors[0].contains(connection.second))
    }
  }

  @Test func sameSeedSameWeights() {
    func drawn(_ seed: UInt64) -> BoltzmannMachine {
      var generator = SplitMix64(seed: seed)
      return .restricted(.binary, visible: 3, hidden: 2, using: &generator)
    }
    #expect(drawn(4) == drawn(4))
    #expect(drawn(4) != drawn(5))
    #expect(drawn(4).layers.allSatisfy { $0.bias.allSatisfy { $0 == 0 } })
  }
}
