import Imaging
import Networks
import Testing

@testable import Training

struct PatchSamplerTests {
  private let cases = [Fixtures.preparedCase("a"), Fixtures.preparedCase("b", seed: 2)]

  private func sampler(foreground: Double = 0.33, augments: Bool = true) -> PatchSampler {
    PatchSampler(
      cases: cases, plan: Fixtures.plan(), modalities: [0, 1], foregroundFraction: foreground,
      augments: augments)
  }

  @Test func aBatchHasItsShape() {
    let batch = sampler().batch(step: 0, seed: 1)
    #expect(batch.count == 2)
    #expect(batch.shape == [8, 8, 8])
    #expect(batch.images.map(\.count) == [1024, 1024])
    #expect(batch.classes.count == 1024)
  }

  @Test func aBatchDependsOnSeedAndStepAlone() {
    #expect(sampler().batch(step: 17, seed: 3) == sampler().batch(step: 17, seed: 3))
    #expect(sampler().batch(step: 17, seed: 3) != sampler().batch(step: 18, seed: 3))
    #expect(sampler().batch(step: 17, seed: 3) != sampler().batch(step: 17, seed: 4))
  }

  @Test(arguments: [1, 2, 3])
  func theNumberOfThreadsChangesNoByte(threads: Int) {
    let sampler = sampler()
    let batches = Prefetcher(steps: 5..<25, threads: threads, ahead: 4) {
      sampler.batch(step: $0, seed: 3)
    }
    for step in 5..<25 { #expect(batches.next() == sampler.batch(step: step, seed: 3)) }
  }

  @Test func thePatchesOfABatchDiffer() {
    let batch = sampler().batch(step: 3, seed: 1)
    #expect(batch.images[0].prefix(512) != batch.images[0].suffix(512))
  }

  @Test func theLastPatchOfABatchShowsAStructure() {
    for step in 0..<30 {
      let batch = sampler(augments: false).batch(step: step, seed: 1)
      #expect(batch.classes[512...].contains { $0 > 0 })
    }
  }

  @Test func withoutAugmentationAPatchIsAPieceOfTheCase() {
    let patch = sampler(augments: false).batch(step: 4, seed: 9)
    let first = Array(patch.images[0][0..<8])
    let found = cases.contains { source in
      (0...(source.images[0]?.count ?? 0) - 8).contains { start in
        Array(source.images[0]?[start..<(start + 8)] ?? []) == first
      }
    }
    #expect(found)
  }

  @Test func aMissingModalityIsZero() {
    let whole = cases[0]
    let partial = PreprocessedCase(
      name: "partial", geometry: whole.geometry, images: [whole.images[0], nil],
      classes: whole.classes, classCount: 3)
    let sampler = PatchSampler(
      cases: [partial], plan: Fixtures.plan(), modalities: [0, 1], foregroundFraction: 1,
      augments: true)
    let batch = sampler.batch(step: 0, seed: 1)
    #expect(batch.images[1].allSatisfy { $0 == 0 })
    #expect(batch.presence.isPresent == [[true, true], [false, false]])
  }

  @Test func aCaseSmallerThanThePatchIsPadded() {
    let small = Fixtures.preparedCase("small", size: [6, 8, 9])
    let sampler = PatchSampler(
      cases: [small], plan: Fixtures.plan(), modalities: [0], foregroundFraction: 0,
      augments: false)
    let batch = sampler.batch(step: 0, seed: 1)
    #expect(batch.images[0][0] == 0 && batch.images[0][7] == 0)
    #expect(batch.images[0][1] != 0)
  }

  private func dropping(_ probability: Double, droppable: [Bool]? = nil) -> PatchSampler {
    PatchSampler(
      cases: cases, plan: Fixtures.plan(), modalities: [0, 1], foregroundFraction: 0.33,
      augments: true, dropout: ModalityDropout(probability: probability), droppable: droppable)
  }

  @Test func whatIsDroppedIsZeroAndTheRestUnchanged() {
    var dropped = 0
    for step in 0..<20 {
      let whole = sampler().batch(step: step, seed: 1)
      let batch = dropping(0.5).batch(step: step, seed: 1)
      #expect(batch.classes == whole.classes)
      for modality in 0..<2 {
        for patch in 0..<2 {
          let voxels = (patch * 512)..<((patch + 1) * 512)
          if batch.presence.isPresent[modality][patch] {
            #expect(batch.images[modality][voxels] == whole.images[modality][voxels])
          } else {
            dropped += 1
            #expect(batch.images[modality][voxels].allSatisfy { $0 == 0 })
          }
        }
      }
      let isPresent = batch.presence.isPresent
      #expect((0..<2).allSatisfy { isPresent[0][$0] || isPresent[1][$0] })
    }
    #expect(dropped > 10)
  }

  @Test func whatTheNetworkDoesNotReadIsNotDropped() {
    for step in 0..<20 {
      let batch = dropping(0.9, droppable: [true, false]).batch(step: step, seed: 1)
      #expect(batch.presence == .complete(modalities: 2, images: 2))
    }
  }

  @Test func theDropoutRisesWithTheSteps() {
    let sampler = PatchSampler(
      cases: cases, plan: Fixtures.plan(), modalities: [0, 1], foregroundFraction: 0.33,
      augments: false, dropout: ModalityDropout(probability: 0.8, ramp: 1), steps: 100)
    func dropped(_ steps: Range<Int>) -> Int {
      steps.map { sampler.batch(step: $0, seed: 1).presence.isPresent.joined().count { !$0 } }
        .reduce(0, +)
    }
    #expect(sampler.batch(step: 0, seed: 1).presence == .complete(modalities: 2, images: 2))
    #expect(dropped(0..<20) < dropped(80..<100))
  }

  /// Three patients, of whom the last has only the second modality, each scan a case of its own.
  private var scansApart: [PreprocessedCase] {
    let whole = Fixtures.preparedCase("a")
    let scans: [(String, Int)] = [("a", 0), ("a", 1), ("b", 0), ("b", 1), ("c", 1)]
    return scans.map { patient, modality in
      PreprocessedCase(
        name: "\(patient).\(modality)", patient: patient, geometry: whole.geometry,
        images: [0, 1].map { $0 == modality ? whole.images[$0] : nil }, classes: whole.classes,
        classCount: 3)
    }
  }

  @Test func aBatchHasAllScansOfAPatient() throws {
    let sampler = PatchSampler(
      cases: scansApart, plan: Fixtures.plan(batchSize: 5), modalities: [0, 1],
      foregroundFraction: 0.5, augments: true)
    for step in 0..<20 {
      let batch = sampler.batch(step: step, seed: 1)
      let patients = try #require(batch.patients)
      // Every patient once, whatever the order, and every scan of theirs.
      #expect(patients.sorted() == [0, 0, 1, 1, 2])
      for patient in 0..<2 {
        let shown = patients.indices.filter { patients[$0] == patient }
        #expect(Set(shown.map { batch.presence.isPresent[0][$0] }) == [true, false])
      }
      let apart = (0..<5).allSatisfy {
        batch.presence.isPresent[0][$0] != batch.presence.isPresent[1][$0]
      }
      #expect(apart)
    }
    #expect(sampler.batch(step: 3, seed: 2) == sampler.batch(step: 3, seed: 2))
  }

  /// Cases as large as a patch, so that a patch is a case.
  @Test func aBatchThatIsSpreadHasEveryCaseOnce() {
    let cases = (0..<6).map { Fixtures.preparedCase("\($0)", size: [8, 8, 8], seed: UInt64($0)) }
    let sampler = PatchSampler(
      cases: cases, plan: Fixtures.plan(batchSize: 6), modalities: [0, 1], foregroundFraction: 0,
      augments: false, isSpread: true)
    for step in 0..<10 {
      let batch = sampler.batch(step: step, seed: 1)
      #expect(batch.patients == nil)
      let patches = (0..<6).map { Array(batch.images[0][($0 * 512)..<($0 * 512 + 512)]) }
      #expect(Set(patches) == Set(cases.compactMap { $0.images[0] }))
    }
  }

  @Test func whereAPatientIsACaseTheBatchDoesNotSayWhom() {
    #expect(sampler().batch(step: 0, seed: 1).patients == nil)
  }
}
