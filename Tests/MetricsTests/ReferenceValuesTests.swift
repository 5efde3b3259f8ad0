import Imaging
import Metrics
import Randomness
import Testing

/// Random masks against MONAI 1.6.1 (`compute_dice`, `compute_iou`, without background); the values
/// come from Tests/Reference/metrics_values.py.
struct ReferenceValuesTests {
  private static let values: [(seed: UInt64, dice: [Double], iou: [Double])] = [
    (1, [0.18181819, 0.2820513, 0.26966292], [0.1, 0.1641791, 0.15584415]),
    (2, [0.2888889, 0.13333334, 0.175], [0.16883117, 0.07142857, 0.09589041]),
    (3, [0.17948718, 0.12903225, 0.12345679], [0.09859155, 0.06896552, 0.06578948]),
  ]

  private func mask(using generator: inout SplitMix64) -> LabelMap {
    LabelMap(
      geometry: Geometry(size: SIMD3(7, 6, 5), spacing: SIMD3(repeating: 1)),
      voxels: (0..<210).map { _ in UInt16(generator.next() % 5 % 4) })
  }

  @Test func diceAndIoUAgreeWithMONAI() throws {
    for expected in Self.values {
      var generator = SplitMix64(seed: expected.seed)
      let prediction = mask(using: &generator)
      let reference = mask(using: &generator)
      let counts = Confusion.of(
        prediction: prediction, reference: reference, labels: [1, 2, 3])
      for (found, value) in zip(counts, expected.dice) {
        #expect(abs(try #require(found.dice) - value) < 1e-6)
      }
      for (found, value) in zip(counts, expected.iou) {
        #expect(abs(try #require(found.iou) - value) < 1e-6)
      }
    }
  }
}
