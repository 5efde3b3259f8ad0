import Foundation
import Imaging
import Testing

@Suite struct NormalizationTests {
  /// A row of voxels.
  static func row(_ voxels: [Float]) -> Volume<Float> {
    Volume(geometry: Geometry(size: [voxels.count, 1, 1], spacing: .one), voxels: voxels)
  }

  static let foreground = IntensityStatistics(
    count: 100, mean: 50, deviation: 25, minimum: -200, maximum: 900, median: 40, lower: 0,
    upper: 100)

  @Test func ctIsClippedAndThenStandardizedByTheForeground() {
    let result = Normalization.clipAndStandardize(Self.foreground)(
      Self.row([-1000, 0, 50, 75, 100, 3000]))
    #expect(result.voxels == [-2, -2, 0, 1, 2, 2])
  }

  @Test func mriIsStandardizedWhereItIsNotZero() {
    // Of 2, 4, 6 the mean is 4 and the deviation √(8/3).
    let result = Normalization.standardizeNonZero(Self.row([0, 2, 4, 6, 0]))
    let step = Float(2 / (8.0 / 3).squareRoot())
    #expect(result.voxels == [0, -step, 0, step, 0])
  }

  @Test func petIsStandardizedEverywhere() {
    let result = Normalization.standardize(Self.row([0, 0, 4, 4]))
    #expect(result.voxels == [-1, -1, 1, 1])
  }

  @Test func ultrasoundGetsTheUnitRangeInsideItsFieldOfView() {
    // The percentile 99.5 of 1, 3, 5 is at rank 1.99: 4.98.
    let result = Normalization.unitRange(Self.row([0, 1, 3, 5, 0]))
    let middle = Float(2) / (Float(4.98) - 1)
    #expect(result.voxels[0] == 0)
    #expect(result.voxels[1] == 0)
    #expect(abs(result.voxels[2] - middle) < 1e-6)
    #expect(result.voxels[3] == 1)
    #expect(result.voxels[4] == 0)
  }

  @Test func theGridStaysTheSame() {
    let volume = Volume<Float>(
      geometry: Geometry(size: [2, 2, 2], spacing: [1, 2, 3], origin: [4, 5, 6]),
      voxels: [1, 2, 3, 4, 5, 6, 7, 8])
    for kind in ModalityKind.allCases {
      let normalization = Normalization.of(kind: kind, foreground: Self.foreground)
      #expect(normalization(volume).geometry == volume.geometry)
    }
  }

  @Test(arguments: [
    Normalization.standardize, .standardizeNonZero, .unitRange,
    .clipAndStandardize(
      IntensityStatistics(
        count: 1, mean: 0.1, deviation: 0, minimum: 0.1, maximum: 0.1, median: 0.1, lower: 0.1,
        upper: 0.1)),
  ])
  func flatImagesStayFinite(_ normalization: Normalization) {
    for level in [0, 0.1, -5, 1e6] as [Float] {
      let result = normalization(Self.row(Array(repeating: level, count: 9)))
      #expect(result.voxels.allSatisfy { $0.isFinite && abs($0) <= 1 })
    }
  }

  @Test func everyKindHasItsScheme() {
    #expect(
      Normalization.of(kind: .ct, foreground: Self.foreground)
        == .clipAndStandardize(Self.foreground))
    #expect(Normalization.of(kind: .ct, foreground: nil) == .standardize)
    #expect(Normalization.of(kind: .mri, foreground: Self.foreground) == .standardizeNonZero)
    #expect(Normalization.of(kind: .ultrasound, foreground: nil) == .unitRange)
    #expect(Normalization.of(kind: .pet, foreground: nil) == .standardize)
  }

  @Test func summariesAreSentencesForInspect() {
    #expect(
      Normalization.clipAndStandardize(Self.foreground).summary
        == "clip to 0.0 … 100.0, subtract 50.0, divide by 25.0")
    #expect(Normalization.standardizeNonZero.summary == "z-score of the voxels that are not 0")
    #expect(Normalization.standardize.summary == "z-score of all voxels")
    #expect(Normalization.unitRange.summary == "0 to 1 inside the field of view")
  }

  @Test func isWrittenWithItsMethodByName() throws {
    let encoded = String(
      decoding: try JSONEncoder().encode(Normalization.standardizeNonZero), as: UTF8.self)
    #expect(encoded == #"{"method":"standardizeNonZero"}"#)
    let statistics = try #require(IntensityStatistics(of: [1, 2, 3]))
    for method in [
      Normalization.clipAndStandardize(statistics), .standardizeNonZero, .standardize, .unitRange,
    ] {
      let copy = try JSONDecoder().decode(Normalization.self, from: JSONEncoder().encode(method))
      #expect(copy == method)
    }
  }
}
