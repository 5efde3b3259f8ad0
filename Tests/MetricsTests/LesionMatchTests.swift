import Imaging
import Metrics
import Testing

struct LesionMatchTests {
  private func match(
    _ prediction: [UInt16], _ reference: [UInt16], minimum: Double = 0
  ) -> LesionMatch {
    let (prediction, reference) = (row(prediction), row(reference))
    return LesionMatch(
      of: [1], prediction: prediction, reference: reference,
      pairs: LabelPairs(prediction: prediction, reference: reference),
      options: LesionOptions(minimumVolume: minimum))
  }

  /// One lesion found in half, one missed, one made up.
  @Test func countsWhatIsFoundMissedAndMadeUp() {
    let lesions = match([0, 1, 0, 0, 0, 0, 1, 1], [0, 1, 1, 1, 0, 1, 0, 0])
    #expect(lesions.referenced == 2)
    #expect(lesions.predicted == 2)
    #expect(lesions.detected == 1)
    #expect(lesions.missed == 1)
    #expect(lesions.spurious == 1)
    #expect(lesions.f1 == 0.5)
    // Dice ½ of the found one, over the three lesions there are or are said to be.
    #expect(lesions.dice == 0.5 / 3)
  }

  /// Two lesions of the prediction in one of the reference are compared with it together.
  @Test func partsOfALesionCountTogether() {
    let lesions = match([1, 1, 0, 1, 1], [1, 1, 1, 1, 1])
    #expect(lesions.detected == 1)
    #expect(lesions.spurious == 0)
    #expect(lesions.dice == 8.0 / 9)
  }

  @Test func smallLesionsAreNeitherDemandedNorPunished() {
    let lesions = match([1, 0, 0, 1, 0, 1, 1, 1, 0], [0, 0, 0, 1, 0, 1, 1, 1, 0], minimum: 2)
    #expect(lesions.referenced == 1)
    #expect(lesions.spurious == 0)
    #expect(lesions.dice == 1)
    // The large prediction touches a lesion, if only one under the minimum.
    let touching = match([1, 1, 0], [0, 1, 0], minimum: 2)
    #expect(touching.spurious == 0)
    #expect(touching.f1 == nil)
  }

  @Test func withoutLesionsThereIsNoScore() {
    #expect(match([0, 0], [0, 0]).f1 == nil)
    #expect(match([0, 0], [0, 0]).dice == nil)
    #expect(match([0, 1], [0, 0]).dice == 0)
    #expect(match([0, 0], [1, 0]).f1 == 0)
  }
}
