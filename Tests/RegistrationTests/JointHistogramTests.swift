import Imaging
import TestSupport
import Testing

@testable import Registration

struct JointHistogramTests {
  @Test func equalScansTellAllOfEachOther() throws {
    let histogram = JointHistogram([0.5, 0, 0, 0.5], bins: 2)
    #expect(histogram.normalizedMutualInformation == 2)
  }

  @Test func independentScansTellNothing() throws {
    let histogram = JointHistogram([0.06, 0.14, 0.24, 0.56], bins: 2)
    expectClose(try #require(histogram.normalizedMutualInformation), 1, within: 1e-12)
  }

  @Test func oneIntensityHasNoValue() {
    #expect(JointHistogram([1, 0, 0, 0], bins: 2).normalizedMutualInformation == nil)
  }

  /// scikit-image 0.26.0, `normalized_mutual_information(first, second, bins=8)`; the script is
  /// Tests/Reference/registration_values.py.
  @Test func agreesWithScikitImage() throws {
    let (first, second) = Fixtures.images
    var parts = [Double](repeating: 0, count: 64)
    for (one, other) in zip(first.voxels, second.voxels) {
      parts[Int(one) * 8 + Int(other)] += 1 / Double(first.voxels.count)
    }
    let value = try #require(JointHistogram(parts, bins: 8).normalizedMutualInformation)
    expectClose(value, 1.0279767575179695, within: 1e-12)
  }

  @Test func slopesAreThoseOfFiniteDifferences() throws {
    let parts = [0.1, 0.2, 0.05, 0.15, 0.05, 0.1, 0.1, 0.05, 0.2]
    let slopes = JointHistogram(parts, bins: 3).slopes
    // What one bin gains another loses: only differences of slopes mean anything.
    for (one, other) in [(0, 4), (2, 7), (8, 1)] {
      let values = [1e-6, -1e-6].map { step in
        var changed = parts
        changed[one] += step
        changed[other] -= step
        return JointHistogram(changed, bins: 3).normalizedMutualInformation ?? .nan
      }
      expectClose(slopes[one] - slopes[other], (values[0] - values[1]) / 2e-6, within: 1e-6)
    }
  }
}
