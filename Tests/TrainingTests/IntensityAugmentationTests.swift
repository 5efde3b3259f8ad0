import Randomness
import Testing

@testable import Training

struct IntensityAugmentationTests {
  private func changed(
    _ values: [Float], _ body: (UnsafeMutableBufferPointer<Float>) -> Void
  ) -> [Float] {
    var values = values
    values.withUnsafeMutableBufferPointer { body($0) }
    return values
  }

  private func mean(_ values: [Float]) -> Float { values.reduce(0, +) / Float(values.count) }

  @Test func brightnessMultiplies() {
    #expect(changed([1, -2, 4]) { IntensityAugmentation.scale($0, by: 0.5) } == [0.5, -1, 2])
  }

  @Test func contrastScalesDistancesFromTheMeanAndKeepsTheRange() {
    // Mean 2: the outer values would leave the range 0...4, and are held there.
    let wider = changed([0, 1, 3, 4]) { IntensityAugmentation.changeContrast(of: $0, by: 1.2) }
    for (value, expected) in zip(wider, [0, 0.8, 3.2, 4] as [Float]) {
      #expect(abs(value - expected) < 1e-6)
    }
  }

  @Test(arguments: [false, true])
  func gammaKeepsMeanAndDeviation(inverted: Bool) {
    let values: [Float] = [0, 1, 2, 5, 9]
    let raised = changed(values) { IntensityAugmentation.raise($0, to: 0.7, inverted: inverted) }
    #expect(raised != values)
    #expect(abs(mean(raised) - mean(values)) < 1e-5)
    let spread = { (list: [Float]) in
      self.mean(list.map { $0 * $0 }) - self.mean(list) * self.mean(list)
    }
    #expect(abs(spread(raised) - spread(values)) < 1e-3)
    #expect(raised == raised.sorted())
  }

  @Test func gammaLeavesAFlatPatchAlone() {
    #expect(
      changed([3, 3]) { IntensityAugmentation.raise($0, to: 1.4, inverted: false) } == [3, 3])
  }

  @Test func noiseHasItsDeviation() {
    var generator = SplitMix64(seed: 3)
    let noisy = changed([Float](repeating: 0, count: 20_000)) {
      IntensityAugmentation.addNoise(deviation: 0.3, to: $0, using: &generator)
    }
    #expect(abs(mean(noisy.map { $0 * $0 }).squareRoot() - 0.3) < 0.01)
  }

  @Test func theSameStreamMakesTheSameChanges() {
    func run() -> [Float] {
      var generator = SplitMix64(seed: 11)
      var values: [Float] = []
      for _ in 0..<20 {
        values += changed([0, 1, 2, 5]) { IntensityAugmentation.apply(to: $0, using: &generator) }
      }
      return values
    }
    #expect(run() == run())
  }
}
