import Imaging
import Metrics
import Randomness
import Testing

struct LabelPairsTests {
  @Test func aUnionCountsVoxelsOnceWhateverTheirLabels() {
    let pairs = LabelPairs(prediction: row([0, 1, 2, 2, 3]), reference: row([1, 2, 2, 0, 3]))
    #expect(pairs.labels == [1, 2, 3])
    #expect(
      pairs.confusion(of: [1, 2])
        == Confusion(truePositive: 2, falsePositive: 1, falseNegative: 1, trueNegative: 1))
  }

  /// Far more pairs than the table of recent ones has room for, in rows that fill no whole word.
  @Test func manyPairsAreCountedExactly() {
    var generator = SplitMix64(seed: 2)
    let grid = Geometry(size: [71, 53, 90], spacing: .one)
    func noise() -> LabelMap {
      LabelMap(
        geometry: grid,
        voxels: (0..<grid.voxelCount).map { _ in
          generator.chance(0.5) ? 7 : UInt16(truncatingIfNeeded: generator.next() % 60)
        })
    }
    let (prediction, reference) = (noise(), noise())
    let pairs = LabelPairs(prediction: prediction, reference: reference)
    for label in [7, 0, 59] as [UInt16] {
      let voxels = zip(prediction.voxels, reference.voxels)
      let counts = pairs.confusion(of: [Int(label)])
      #expect(counts.truePositive == voxels.count { $0 == label && $1 == label })
      #expect(counts.falsePositive == voxels.count { $0 == label && $1 != label })
      #expect(counts.falseNegative == voxels.count { $0 != label && $1 == label })
    }
  }
}
