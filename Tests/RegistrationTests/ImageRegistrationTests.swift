import Foundation
import Imaging
import Randomness
import TestSupport
import Testing

@testable import Registration

struct ImageRegistrationTests {
  private func align(
    _ moving: Volume<Float>, _ fixed: Volume<Float>, _ options: RegistrationOptions
  ) throws -> Alignment {
    try ImageRegistration(options).align(
      RegistrationScan(path: "moving.nii", volume: moving),
      to: RegistrationScan(path: "fixed.nii", volume: fixed))
  }

  private static let patient: PhantomCase = {
    var generator = SplitMix64(seed: 1, stream: 0)
    return Phantom.makeCase(size: 32, using: &generator)
  }()

  /// A CT and an MRI of one phantom, of which the MRI has lost its place by 9 degrees and 4 mm: the
  /// error is less than a slice of 3 mm. (Along the body, whose wall and spine hardly change, mutual
  /// information is indeed greater elsewhere.)
  @Test(arguments: SimilarityMeasure.allCases)
  func aKnownMovementOfAnotherModalityIsFound(measure: SimilarityMeasure) throws {
    let ct = try #require(Self.patient.scans["ct"])
    let mri = try #require(Self.patient.scans["mri"])
    let centre = ct.geometry.middle
    let truth = TransformModel.rigid.movement(
      [4, -3, 2, 3, -2, 4], in: Frame(centre: centre, radius: 40))
    var options = RegistrationOptions()
    options.measure = measure
    let found = try align(Fixtures.displaced(mri, by: truth), ct, options)
    let error = Fixtures.error(found.transform.map, truth, around: centre)
    #expect(error < 3, "\(error) mm")
    let before = try #require(found.similarityBefore)
    #expect(
      measure.isBetterWhenGreater
        ? found.similarityAfter > before : found.similarityAfter < before)
  }

  @Test(arguments: [TransformModel.similarity, .affine])
  func aScaleIsFound(model: TransformModel) throws {
    let ct = try #require(Self.patient.scans["ct"])
    let mri = try #require(Self.patient.scans["mri"])
    let centre = ct.geometry.middle
    let truth = TransformModel.similarity.movement(
      [2, -3, 2, 2, 1, -2, 40 * log(1.08)], in: Frame(centre: centre, radius: 40))
    var options = RegistrationOptions()
    (options.model, options.measure) = (model, .mind)
    let found = try align(Fixtures.displaced(mri, by: truth), ct, options)
    let error = Fixtures.error(found.transform.map, truth, around: centre)
    #expect(error < 2, "\(error) mm")
    let growth = found.transform.map.determinant
    #expect(abs(growth / truth.determinant - 1) < 0.2, "\(growth)")
  }

  /// 14 degrees and 9 mm from its place, which the descent alone need not find.
  @Test func aSearchFindsWhatIsFarAway() throws {
    let ct = try #require(Self.patient.scans["ct"])
    let mri = try #require(Self.patient.scans["mri"])
    let centre = ct.geometry.middle
    let truth = TransformModel.rigid.movement(
      [7, -5, 3, 3, -2, 9], in: Frame(centre: centre, radius: 40))
    var options = RegistrationOptions(measure: .mind)
    options.isSearching = true
    let found = try align(Fixtures.displaced(mri, by: truth), ct, options)
    let error = Fixtures.error(found.transform.map, truth, around: centre)
    #expect(error < 2.4, "\(error) mm")
  }

  @Test func aScanLiesBestOnItself() throws {
    let scan = Fixtures.blobs(on: Fixtures.grid(24))
    let found = try align(scan, scan, RegistrationOptions())
    #expect(Fixtures.error(found.transform.map, .identity) < 0.2)
    #expect(found.overlap > 0.98)
  }

  /// There and back again ends where it began, to a part of a voxel of 1.7 mm.
  @Test func exchangingTheScansInvertsTheTransform() throws {
    let fixed = Fixtures.blobs(on: Fixtures.grid(24))
    let moving = Fixtures.displaced(
      Fixtures.blobs(on: Fixtures.grid(24), isInverted: true), by: Fixtures.moved)
    let there = try align(moving, fixed, RegistrationOptions()).transform.map
    let back = try align(fixed, moving, RegistrationOptions()).transform.map
    let error = Fixtures.error(there.followed(by: back), .identity)
    #expect(error < 0.5, "\(error) mm")
  }

  @Test(arguments: SimilarityMeasure.allCases)
  func nothingDependsOnTheNumberOfThreads(measure: SimilarityMeasure) throws {
    let fixed = Fixtures.blobs(on: Fixtures.grid(24))
    let moving = Fixtures.blobs(on: Fixtures.grid(20), isInverted: true)
    let found = try [1, 3].map { threads in
      var options = RegistrationOptions()
      (options.measure, options.threads) = (measure, threads)
      return try align(moving, fixed, options)
    }
    #expect(found[0].transform == found[1].transform)
  }

  @Test func whatCannotBeAlignedIsRefused() throws {
    let good = Fixtures.blobs(on: Fixtures.grid(24))
    var broken = good
    broken.voxels[7] = .nan
    #expect(throws: RegistrationError.nonFinite(path: "moving.nii", count: 1)) {
      try align(broken, good, RegistrationOptions())
    }
    broken.voxels[7] = -3.4e38
    #expect(
      throws: RegistrationError.extreme(
        path: "moving.nii", intensity: -3.4e38, greatest: 1e15)
    ) {
      try align(broken, good, RegistrationOptions(measure: .mind))
    }
    let flat = Volume<Float>(geometry: good.geometry, filledWith: 2)
    #expect(throws: RegistrationError.constant(path: "fixed.nii")) {
      try align(good, flat, RegistrationOptions())
    }
    let thin = Geometry(size: [24, 24, 1], spacing: .one)
    #expect(throws: RegistrationError.tooThin(path: "moving.nii", geometry: thin)) {
      try align(Fixtures.blobs(on: thin), good, RegistrationOptions())
    }
  }

  @Test func boxesThatNoStartJoinsAreRefused() throws {
    let scan = Fixtures.blobs(on: Fixtures.grid(24))
    let away = AffineMap(x: [1, 0, 0], y: [0, 1, 0], z: [0, 0, 1], offset: [500, 0, 0])
    var options = RegistrationOptions()
    options.initial = .header
    #expect(
      throws: RegistrationError.noCommonRoom(
        moving: "moving.nii", fixed: "fixed.nii", leastOverlap: 0.5)
    ) { try align(Fixtures.displaced(scan, by: away), scan, options) }
    options.initial = .centre
    let found = try align(Fixtures.displaced(scan, by: away), scan, options)
    #expect(Fixtures.error(found.transform.map, away) < 0.2)
    #expect(found.similarityBefore == nil)
  }
}
