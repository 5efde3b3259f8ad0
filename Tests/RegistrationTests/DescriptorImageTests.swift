import Imaging
import TestSupport
import Testing

@testable import Registration

struct DescriptorImageTests {
  /// NumPy 2.4.6, from the paper's equations; the script is Tests/Reference/registration_values.py.
  @Test(arguments: [
    (
      SIMD3(0, 0, 0),
      [
        0.519154, 0.332871, 0.504931, 0.472367, 0.21343, 0.254955, 0.207583, 0.427415, 1,
        0.307962, 0.380349, 0.263597,
      ]
    ),
    (
      SIMD3(3, 2, 2),
      [
        0.441233, 0.154104, 0.329431, 0.069333, 0.441233, 1, 0.281891, 0.980708, 0.638871,
        0.638871, 0.329431, 0.241212,
      ]
    ),
    (
      SIMD3(1, 4, 3),
      [
        0.22478, 0.737552, 0.730344, 0.205766, 0.203755, 0.434006, 0.160974, 0.218254, 0.220408,
        0.560247, 0.642815, 1,
      ]
    ),
  ])
  func agreesWithNumPy(place: SIMD3<Int>, expected: [Double]) {
    let image = DescriptorImage(of: Fixtures.images.0, threads: nil)
    let voxel = place.x + 7 * (place.y + 6 * place.z)
    let found = (0..<12).map { Double(image.values[$0 * 210 + voxel]) }
    expectClose(found, expected, within: 2e-6)
  }

  @Test func brightnessAndContrastDoNotMatter() {
    let image = Fixtures.images.0
    var other = image
    other.voxels = image.voxels.map { 500 - 20 * $0 }
    expectClose(
      DescriptorImage(of: image, threads: nil).values,
      DescriptorImage(of: other, threads: nil).values, within: 1e-5)
  }

  @Test func nothingDependsOnTheNumberOfThreads() {
    let image = Fixtures.blobs(on: Fixtures.grid(20))
    #expect(
      DescriptorImage(of: image, threads: 1).values
        == DescriptorImage(of: image, threads: 3).values)
  }

  @Test func aScanOfOneIntensityIsAlikeEverywhere() {
    let flat = Volume<Float>(geometry: Fixtures.grid(6), filledWith: 3)
    #expect(DescriptorImage(of: flat, threads: nil).values.allSatisfy { $0 == 1 })
  }
}
