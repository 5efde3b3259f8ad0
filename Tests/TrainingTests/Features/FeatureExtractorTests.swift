import Architecture
import Imaging
import Networks
import Testing
import Torch

@testable import Training

struct FeatureExtractorTests {
  private func extractor(_ level: Int = 1) throws -> FeatureExtractor {
    let plan = Fixtures.plan()
    let cell = try CellGenotype.coordinated(
      by: Coordination(.cosine, weight: 1), .convolution1, inputs: 2)
    let design = NetworkDesign.fused(try Genotype(modalities: ["ct", "mri"], cells: [cell]))
    let network = try TrainingRun.makeNetwork(design, plan: plan, seed: 5)
    return FeatureExtractor(
      predictor: Predictor(network: network, plan: plan),
      source: try FeatureSource(of: network, level: level))
  }

  private let core = FeatureRegion(name: "core", label: "core", extent: .voxels(ofClass: 1))

  /// Where one window holds the case, the whole's vector is the mean by the window's weights, and a
  /// region's that over its blocks.
  @Test func aCaseOfOnePatchByHand() throws {
    let extractor = try extractor()
    let prepared = Fixtures.preparedCase("a", size: [8, 8, 8])
    let found = try extractor.vectors(of: prepared, over: [.whole, core])
    #expect(found.map(\.modality) == ["ct", "ct", "mri", "mri", "fused", "fused"])
    let inputs = try prepared.images.map { try Tensor($0 ?? [], shape: [1, 1, 8, 8, 8]) }
    let features = try withoutGradients {
      try extractor.predictor.network.features(of: inputs, level: 1)
    }
    let map = try #require(features.modalities[1]).floats()
    let weights = WindowGrid.weights(window: [8, 8, 8], patch: [8, 8, 8])
    for (place, vector) in found[2...3].enumerated() {
      for channel in 0..<8 {
        var (sum, total) = (0.0, 0.0)
        for voxel in 0..<512 where place == 0 || prepared.classes?[voxel] == 1 {
          let (x, y, z) = (voxel % 8 / 2, voxel / 8 % 8 / 2, voxel / 64 / 2)
          let value = map[channel * 64 + x + 4 * (y + 4 * z)]
          sum += Double(weights[voxel]) * Double(value)
          total += Double(weights[voxel])
        }
        #expect(abs(sum / total - Double(vector.values[channel])) < 1e-5)
      }
    }
  }

  /// A case of several windows, with regions that some of them do not show.
  @Test func regionsInPartsHaveTheVectorsOfAllAtOnce() throws {
    var extractor = try extractor()
    let prepared = Fixtures.preparedCase("a", size: [12, 8, 8])
    let boxes = (0..<6).map { x in
      FeatureRegion(
        name: "patch-\(x)", label: nil, extent: .box([2 * x, 0, 0], [2 * x + 2, 3, 3]))
    }
    let whole = try extractor.vectors(of: prepared, over: [.whole, core] + boxes)
    extractor.mostWeights = 3 * 64
    let parts = try extractor.vectors(of: prepared, over: [.whole, core] + boxes)
    #expect(whole.count == 3 * 8)
    #expect(parts.map(\.region) == whole.map(\.region))
    for (one, other) in zip(parts, whole) {
      #expect(zip(one.values, other.values).allSatisfy { abs($0 - $1) < 1e-5 })
    }
  }

  @Test func whatACaseLacksHasNoVector() throws {
    let extractor = try extractor()
    let prepared = Fixtures.preparedCase("a").keeping([true, false])
    let found = try extractor.vectors(of: prepared, over: [.whole])
    #expect(found.map(\.modality) == ["ct", "fused"])
    let all = try extractor.vectors(of: Fixtures.preparedCase("a"), over: [.whole])
    #expect(found[0].values == all[0].values)
  }

  @Test func aRegionWithoutAVoxelHasNoVector() throws {
    let nowhere = FeatureRegion(name: "x", label: "x", extent: .voxels(ofClass: 9))
    let found = try extractor().vectors(
      of: Fixtures.preparedCase("a"), over: [nowhere, core])
    #expect(found.allSatisfy { $0.region == core })
  }

  @Test func imagesThatAreNotFiniteAreRefused() throws {
    let sound = Fixtures.preparedCase("a")
    let images = sound.images.map { $0?.map { _ in Float.nan } }
    let broken = PreprocessedCase(
      name: "a", geometry: sound.geometry, images: images, classes: nil, classCount: 3)
    #expect(throws: TrainingError.featuresNotFinite(caseName: "a")) {
      try extractor().vectors(of: broken, over: [.whole])
    }
  }
}
