import Testing
import Torch

@testable import Networks

struct PartialFeaturesTests {
  private func features(_ isPresent: [Bool]) throws -> PartialFeatures {
    PartialFeatures(
      try Tensor.ones([isPresent.count, 2, 1, 1, 1], type: .float64), isPresent: isPresent)
  }

  @Test func whatNoImageHasIsNotThere() throws {
    #expect(try features([false, false]).tensor == nil)
    #expect(PartialFeatures(nil, isPresent: [true]).isPresent == [false])
  }

  @Test func anImageWithoutFeaturesIsMaskedBehindTheLayer() throws {
    struct Shift: Layer {
      func callAsFunction(_ input: Tensor) throws(TorchError) -> Tensor { try input + 4 }
    }
    let mapped = try features([true, false]).mapped(Shift())
    #expect(try mapped.tensor?.doubles() == [5, 5, 0, 0])
    #expect(mapped.isPresent == [true, false])
  }

  @Test func completeFeaturesAreNotCopied() throws {
    let complete = try features([true, true])
    #expect(try complete.masked().tensor === complete.tensor)
  }

  @Test func anImageHasWhatAnyOfItsPartsHas() throws {
    let parts = [try features([true, false, false]), try features([false, false, true])]
    #expect(parts.isAnyPresent == [true, false, true])
    #expect(!parts.areComplete)
  }

  @Test func whatIsMissingIsFilledWithZeros() throws {
    let parts = [PartialFeatures(nil, isPresent: [false]), try features([true])]
    #expect(try parts.filled().map { try $0.doubles() } == [[0, 0], [1, 1]])
  }
}
