import Foundation
import Networks
import TestSupport
import Testing

struct BoltzmannMachineEnumerationTests {
  /// Against the sum over all 2¹³ states, with no layer summed in closed form.
  @Test func agreesWithTheSumOverAllStates() {
    let machine = SmallMachines.machine(SmallMachines.binary, seed: 4)
    let states = allStates(machine.layers.map(\.bias.count))
    expectClose(
      machine.exactLogPartition(), logSumExp(states.map(machine.negativeEnergy)), within: 1e-11)
    let clamped = [0: [1.0, 0, 1], 5: [0.0, 1]]
    let agreeing = states.filter { $0[0] == [1, 0, 1] && $0[5] == [0, 1] }
    expectClose(
      machine.exactLogPartition(clamping: clamped),
      logSumExp(agreeing.map(machine.negativeEnergy)), within: 1e-11)
  }

  /// Against a sum over a grid of two Gaussian units, which for a smooth density that ends at zero
  /// is exact but for roundings.
  @Test func agreesWithIntegralsOverGaussianUnits() {
    let machine = SmallMachines.restricted(.gaussian, visible: 2, hidden: 3, seed: 4)
    let axis = stride(from: -12.0, through: 12, by: 0.25)
    var terms: [Double] = []
    for x in axis {
      for y in axis {
        terms += allStates([3]).map { machine.negativeEnergy([[x, y], $0[0]]) }
      }
    }
    expectClose(
      machine.exactLogPartition(), logSumExp(terms) + 2 * log(0.25), within: 1e-10)
  }

  @Test func likelihoodsOfAllFeaturesAddUpToOne() {
    let machine = SmallMachines.machine(SmallMachines.binary, seed: 9)
    let likelihoods = allStates([3, 2]).map {
      machine.exactLogLikelihood(of: [0: $0[0], 2: $0[1]])
    }
    expectClose(logSumExp(likelihoods), 0, within: 1e-11)
  }

  @Test(arguments: [SmallMachines.binary, SmallMachines.mixed])
  func statisticsAreTheSlopesOfTheLogPartition(_ modalities: [Modality]) {
    let machine = SmallMachines.machine(modalities, seed: 4)
    let clamped = [0: modalities[0].units == .binary ? [1.0, 0, 1] : [0.7, -1.2]]
    for given in [[:], clamped] {
      let slopes = finiteDifference(at: SmallMachines.numbers(machine)) {
        SmallMachines.with($0, machine).exactLogPartition(clamping: given)
      }
      expectClose(machine.exactStatistics(clamping: given).numbers, slopes, within: 1e-7)
    }
  }
}
