import TestSupport
import Testing

@testable import Training

/// What each transform does by itself is checked in KernelsTests.
struct IntensityAugmentationTests {
  private func changed(
    _ values: [Float], patch: [Int]? = nil, _ change: IntensityChange
  ) -> [Float] {
    var values = values
    let augmentation = IntensityAugmentation(
      patchSize: patch ?? [values.count, 1, 1], space: .volume)
    values.withUnsafeMutableBufferPointer { patch in
      withUnsafeTemporaryAllocation(of: Float.self, capacity: patch.count) { scratch in
        guard let patch = patch.baseAddress, let scratch = scratch.baseAddress else { return }
        augmentation.apply(change, to: patch, scratch: scratch)
      }
    }
    return values
  }

  @Test func noChangeLeavesEveryBit() {
    let values = wave(60, step: 0.7).map { Float($0) }
    #expect(changed(values, .init()) == values)
  }

  @Test func brightnessMultipliesAndThenAdds() {
    #expect(changed([1, -2, 4], .init(brightness: 0.5, shift: 1)) == [1.5, 0, 3])
  }

  @Test func contrastScalesDistancesFromTheMeanAndKeepsTheRange() {
    // Mean 2: the outer values would leave the range 0...4, and are held there.
    expectClose(changed([0, 1, 3, 4], .init(contrast: 1.2)), [0, 0.8, 3.2, 4], within: 1e-6)
  }

  @Test func brightnessAndContrastInOnePassAreWhatTheyAreInTwo() {
    let values = wave(60, step: 0.7).map { Float($0) }
    let first = changed(values, .init(brightness: 1.2, shift: 0.3))
    let second = changed(first, .init(contrast: 1.25))
    let both = changed(values, .init(brightness: 1.2, shift: 0.3, contrast: 1.25))
    expectClose(both, second, within: 1e-6)
    #expect(both != first)
  }

  @Test(arguments: [IntensityChange(gamma: 0.7), .init(invertedGamma: 0.7)])
  func gammaKeepsMeanDeviationAndOrder(change: IntensityChange) {
    let values: [Float] = [0, 1, 2, 5, 9]
    let raised = changed(values, change)
    #expect(raised != values && raised == raised.sorted())
    let moments = { (list: [Float]) in
      [list.reduce(0, +) / 5, list.map { $0 * $0 }.reduce(0, +) / 5]
    }
    expectClose(moments(raised), moments(values), within: 1e-4)
  }

  @Test func aSimulatedCoarserScanKeepsTheResolutionAcrossSlices() {
    let values = wave(8 * 8 * 4, step: 0.9).map { Float($0) }
    var flat = values
    let augmentation = IntensityAugmentation(patchSize: [8, 8, 4], space: .slices(across: 2))
    let slice = changed(Array(values[64..<128]), patch: [8, 8, 1], .init(resolution: 0.6))
    flat.withUnsafeMutableBufferPointer { patch in
      withUnsafeTemporaryAllocation(of: Float.self, capacity: patch.count) { scratch in
        guard let patch = patch.baseAddress, let scratch = scratch.baseAddress else { return }
        augmentation.apply(.init(resolution: 0.6), to: patch, scratch: scratch)
      }
    }
    #expect(Array(flat[64..<128]) == slice)
    #expect(slice != Array(values[64..<128]))
  }

  @Test func theSameNoiseIsAddedForTheSameSeed() {
    let values = [Float](repeating: 1, count: 50)
    let change = IntensityChange(noise: .init(deviation: 0.1, seed: 3))
    #expect(changed(values, change) == changed(values, change))
    #expect(changed(values, change) != values)
  }
}
