import Architecture
import Imaging
import Networks
import Testing
import Torch

@testable import Training

struct PredictorTests {
  private func predictor(scale: Double = 1) throws -> Predictor {
    let plan = Fixtures.plan()
    var options = InferenceOptions()
    options.windowScale = scale
    return Predictor(
      network: try TrainingRun.makeNetwork(.early(["ct", "mri"]), plan: plan, seed: 5), plan: plan,
      options: options)
  }

  @Test func aCaseOfOnePatchGetsTheNetworksOwnScores() throws {
    let prepared = Fixtures.preparedCase("a", size: [8, 8, 8])
    let predictor = try predictor()
    let inputs = try prepared.images.map { try Tensor($0 ?? [], shape: [1, 1, 8, 8, 8]) }
    let expected = try withoutGradients { try predictor.network(inputs)[0].floats() }
    let scores = try predictor.scores(of: prepared)
    let differences = zip(scores.values, expected).map { abs($0 - $1) }
    #expect(differences.allSatisfy { $0 < 1e-5 })
  }

  @Test func windowsAreCountedAsTheyAreDone() throws {
    var done: [Int] = []
    _ = try predictor().scores(of: Fixtures.preparedCase("a")) { count, total in
      done.append(count)
      #expect(total == 8)
    }
    #expect(done == Array(1...8))
  }

  @Test func aWholeCaseIsOneWindowWhereScaleAndMemoryAllow() throws {
    let prepared = Fixtures.preparedCase("a", size: [12, 12, 12])
    let predictor = try predictor(scale: 8)
    let inputs = try prepared.images.map { try Tensor($0 ?? [], shape: [1, 1, 12, 12, 12]) }
    let expected = try withoutGradients { try predictor.network(inputs)[0].floats() }
    var windows: [Int] = []
    let scores = try predictor.scores(of: prepared) { _, total in windows.append(total) }
    #expect(windows == [1])
    #expect(zip(scores.values, expected).allSatisfy { abs($0 - $1) < 1e-5 })
  }

  @Test func localStatisticsAreThoseOfThePatchInAWindowOfTheWholeCase() throws {
    let prepared = Fixtures.preparedCase("a", size: [12, 12, 12])
    let whole = try predictor(scale: 8)
    var options = whole.options
    options.statistics = .local
    let local = Predictor(network: whole.network, plan: whole.plan, options: options)
    let inputs = try prepared.images.map { try Tensor($0 ?? [], shape: [1, 1, 12, 12, 12]) }
    let statistics = LocalStatistics(patch: [8, 8, 8], image: [12, 12, 12])
    let expected = try withoutGradients {
      try withLocalStatistics(statistics) { () throws(TorchError) in
        try whole.network(inputs)[0]
      }.floats()
    }
    let scores = try local.scores(of: prepared).values
    #expect(zip(scores, expected).allSatisfy { abs($0 - $1) < 1e-5 })
    let usual = try whole.scores(of: prepared).values
    #expect(zip(scores, usual).contains { abs($0 - $1) > 1e-3 })
  }

  @Test func scoresThatAreNotFiniteAreRefused() throws {
    let predictor = try predictor()
    try predictor.network.namedWeights[0].tensor.fill(with: .infinity)
    let error = #expect(throws: TrainingError.self) {
      try predictor.scores(of: Fixtures.preparedCase("case-07"))
    }
    #expect(error == .scoresNotFinite(caseName: "case-07"))
  }

  @Test func aCaseSmallerThanThePatchIsSegmentedToo() throws {
    let scores = try predictor().scores(of: Fixtures.preparedCase("a", size: [5, 9, 6]))
    let expected: Int = 3 * 5 * 9 * 6
    #expect(scores.values.count == expected)
    #expect(scores.values.allSatisfy { $0.isFinite })
  }

  @Test func theMaskLiesOnTheReferenceScansOwnGrid() throws {
    // The scan's axes run to the left, to the back and up, with voxels of 1.5 × 1 × 2 mm.
    let geometry = Geometry(
      size: [10, 12, 7], spacing: [1.5, 1, 2], origin: [30, -10, 5],
      direction: Direction(x: [-1, 0, 0], y: [0, -1, 0], z: [0, 0, 1]))
    let voxels = (0..<geometry.voxelCount).map { Float($0 % 17) }
    let scanned = Case(
      name: "a",
      scans: ["ct": Scan(volume: Volume(geometry: geometry, voxels: voxels))])
    let mask = try predictor().labelMap(of: scanned)
    #expect(mask.geometry == geometry)
    #expect(Set(mask.voxels).isSubset(of: [0, 1, 7]))
  }

  @Test func withoutTheReferenceScanThereIsNoGrid() throws {
    let volume = Volume<Float>(
      geometry: Geometry(size: [4, 4, 4], spacing: [1, 1, 1]), filledWith: 0)
    let scanned = Case(name: "case-07", scans: ["mri": Scan(volume: volume)])
    let error = #expect(throws: TrainingError.self) { try predictor().labelMap(of: scanned) }
    #expect(
      error?.description == """
        case-07: the reference scan 'ct' is missing, and masks are written on its grid.
        Add the scan, or choose another reference modality in dataset.json.
        """)
  }

  private func fused(_ cell: CellGenotype) throws -> Predictor {
    let plan = Fixtures.plan()
    let genotype = try Genotype(modalities: ["ct", "mri"], cells: [cell])
    return Predictor(
      network: try TrainingRun.makeNetwork(.fused(genotype), plan: plan, seed: 5), plan: plan)
  }

  private func lacking(_ modality: Int) -> PreprocessedCase {
    let whole = Fixtures.preparedCase("case-07")
    return PreprocessedCase(
      name: whole.name, geometry: whole.geometry,
      images: whole.images.enumerated().map { $0 == modality ? nil : $1 }, classes: nil,
      classCount: 3)
  }

  @Test func anAbsentModalityIsNotReadAsAnImageOfZeros() throws {
    let predictor = try fused(.uniform(.mean, .convolution1, inputs: 2))
    let partial = lacking(1)
    let zeros = PreprocessedCase(
      name: partial.name, geometry: partial.geometry,
      images: [partial.images[0], partial.images[0]?.map { _ in 0 }], classes: nil, classCount: 3)
    let absent = try predictor.scores(of: partial).values
    #expect(absent != (try predictor.scores(of: zeros).values))
    // The mean of one modality is the same cell with that modality alone.
    let alone = try fused(.identity(ofInput: 0, inputs: 2))
    #expect(absent.allSatisfy { $0.isFinite })
    #expect(try alone.scores(of: partial).values == alone.scores(of: zeros).values)
  }

  @Test func mirroredWindowsKnowWhatIsAbsentToo() throws {
    let partial = lacking(0)
    let base = try fused(.uniform(.gated, .skip, inputs: 2))
    var options = InferenceOptions()
    options.mirrors = true
    let mirrored = Predictor(network: base.network, plan: base.plan, options: options)
    let scores = try mirrored.scores(of: partial)
    let other = PreprocessedCase(
      name: partial.name, geometry: partial.geometry,
      images: [Array(repeating: 0, count: partial.geometry.voxelCount), partial.images[1]],
      classes: nil, classCount: 3)
    #expect(scores.values.allSatisfy { $0.isFinite })
    #expect(scores.values != (try mirrored.scores(of: other).values))
  }

  @Test func aCaseWithNothingThatTheNetworkReadsIsRefused() throws {
    let predictor = try fused(.identity(ofInput: 0, inputs: 2))
    let error = #expect(throws: TrainingError.self) { try predictor.scores(of: lacking(0)) }
    #expect(
      error?.description == """
        case-07: none of the modalities that the network reads is present.
          expected at least one of: ct
        Add a scan, or use a network trained on the modalities that this case has.
        """)
  }
}
