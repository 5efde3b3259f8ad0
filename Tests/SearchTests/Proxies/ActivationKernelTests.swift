import Foundation
import Testing
import Torch

@testable import Search

struct ActivationKernelTests {
  // Three units: the images' codes are 101 and 001, so they agree on two.
  @Test func imagesAreAsAlikeAsTheUnitsThatTreatThemAlike() throws {
    var agreement = CodeAgreement(images: 2)
    agreement.add([[0b101], [0b001]], units: 3)
    #expect(agreement.counts == [[3, 2], [2, 3]])
    #expect(abs(try agreement.logDeterminant() - log(5)) < 1e-12)
    agreement.add([[0b1], [0b0]], units: 1)
    #expect(agreement.counts == [[4, 2], [2, 4]])
    #expect(abs(try agreement.logDeterminant() - log(12)) < 1e-12)
  }

  @Test func imagesThatNothingTellsApartHaveNoScore() throws {
    var agreement = CodeAgreement(images: 3)
    agreement.add([[0b1101], [0b0110], [0b1101]], units: 4)
    #expect(try agreement.logDeterminant() == -.infinity)
  }

  @Test func aBitSaysWhetherANumberIsPositive() {
    let values = (0..<130).map { Float($0 % 3) - 1 }
    let words = values.withUnsafeBufferPointer { ActivationKernel.packed($0[0...]) }
    #expect(words.count == 3)
    for (index, value) in values.enumerated() {
      #expect((words[index / 64] >> UInt64(index % 64)) & 1 == (value > 0 ? 1 : 0))
    }
    #expect(words[2] >> 2 == 0)
  }

  @Test func theSameImageTwiceHasNoScore() throws {
    let patches = try ProxyNetworks.patches()
    let doubled = try patches.inputs.map { input in
      try Tensor.concatenated(
        [input, input.narrowed(axis: 0, from: 0, count: 1)], axis: 0)
    }
    let score = try ActivationKernel.score(
      of: ProxyNetworks.network(ProxyNetworks.early),
      on: ProxyPatches(inputs: doubled, classes: patches.classes))
    #expect(score == -.infinity)
  }
}
