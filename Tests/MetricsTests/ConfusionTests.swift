import Imaging
import Metrics
import Testing

struct ConfusionTests {
  @Test func cubesShiftedByOneVoxelShareNineTenths() throws {
    let counts = Confusion.of(
      prediction: cube(2..<12, shiftedAlongX: 1), reference: cube(2..<12), label: 1)
    #expect(counts.truePositive == 900)
    #expect(counts.falsePositive == 100)
    #expect(counts.falseNegative == 100)
    #expect(counts.trueNegative == 14 * 14 * 14 - 1100)
    #expect(counts.dice == 0.9)
    #expect(abs(try #require(counts.iou) - 9.0 / 11) < 1e-15)
  }

  @Test func aCubeInsideALargerOne() throws {
    let counts = Confusion.of(prediction: cube(2..<12), reference: cube(1..<13), label: 1)
    #expect(abs(try #require(counts.dice) - 2000.0 / 2728) < 1e-15)
  }

  @Test func disjointMasksScoreZero() {
    let counts = Confusion.of(prediction: row([1, 0, 0]), reference: row([0, 0, 1]), label: 1)
    #expect(counts.dice == 0)
    #expect(counts.iou == 0)
  }

  @Test func twoEmptyMasksHaveNoScore() {
    let counts = Confusion.of(prediction: row([0, 2]), reference: row([2, 0]), label: 1)
    #expect(counts.dice == nil)
    #expect(counts.iou == nil)
    #expect(counts.trueNegative == 2)
  }

  @Test func oneEmptyMaskScoresZero() {
    let missed = Confusion.of(prediction: row([0, 0]), reference: row([0, 1]), label: 1)
    let spurious = Confusion.of(prediction: row([0, 1]), reference: row([0, 0]), label: 1)
    #expect(missed.dice == 0)
    #expect(spurious.dice == 0)
  }

  @Test func onePassCountsTheSameAsOnePassPerLabel() {
    let prediction = row([0, 1, 2, 2, 7, 7, 1, 0])
    let reference = row([0, 1, 1, 2, 7, 0, 2, 3])
    let together = Confusion.of(prediction: prediction, reference: reference, labels: [7, 1, 2, 3])
    let apart = [7, 1, 2, 3].map {
      Confusion.of(prediction: prediction, reference: reference, label: $0)
    }
    #expect(together == apart)
    #expect(
      together[1]
        == Confusion(truePositive: 1, falsePositive: 1, falseNegative: 1, trueNegative: 5))
  }

  /// Prediction of 3 voxels, reference of 4, 2 of them common, on a grid of 10.
  @Test func partsAreOfWhatTheyAreOf() {
    let counts = Confusion(truePositive: 2, falsePositive: 1, falseNegative: 2, trueNegative: 5)
    #expect(counts.sensitivity == 0.5)
    #expect(counts.precision == 2.0 / 3)
    #expect(counts.specificity == 5.0 / 6)
    #expect(counts.volumeSimilarity == 6.0 / 7)
    #expect(counts.emptiness == .neither)
  }
}
