import Architecture
import Imaging
import Networks
import TestSupport
import Testing
import Training

@testable import Search

struct ValidationDiceTests {
  /// Three modalities, one structure, patches of 8³.
  private let plan = Plan(
    dataset: "fixture", reference: "ct",
    modalities: ["ct", "mri", "pet"].map {
      .init(modality: Modality(name: $0, kind: .mri), normalization: .standardize)
    },
    labels: [Label(name: "core", value: 1)], spacing: [1, 1, 1], patchSize: [8, 8, 8], batchSize: 1,
    topology: Topology(
      levels: [
        .init(channels: 2, kernel: [3, 3, 3], stride: [1, 1, 1]),
        .init(channels: 2, kernel: [3, 3, 3], stride: [2, 2, 2]),
      ], blocksPerLevel: 1, classes: 2))

  /// A case of 8³ whose first half is the structure, with the modalities that it has.
  private func prepared(_ name: String, has: [Bool] = [true, true, true]) -> PreprocessedCase {
    let classes = (0..<512).map { UInt8($0 < 256 ? 1 : 0) }
    return PreprocessedCase(
      name: name, geometry: Geometry(size: [8, 8, 8], spacing: [1, 1, 1]),
      images: has.map { $0 ? classes.map { Float($0) } : nil }, classes: classes, classCount: 2)
  }

  /// Scores that choose the structure in the first `count` voxels.
  private func scores(choosing count: Int) -> ScoreMap {
    let structure = (0..<512).map { Float($0 < count ? 1 : 0) }
    return ScoreMap(
      geometry: Geometry(size: [8, 8, 8], spacing: [1, 1, 1]), classes: 2,
      values: structure.map { 1 - $0 } + structure)
  }

  private func validation(_ subsets: SubsetScore, _ cases: [PreprocessedCase]) -> ValidationDice {
    ValidationDice(plan: plan, cases: cases, subsets: subsets)
  }

  /// CT sees the structure, MRI half of it, PET nothing.
  private func voices(cases: Int) -> [[ScoreMap]] {
    [256, 128, 0].map { count in (0..<cases).map { _ in scores(choosing: count) } }
  }

  @Test func withAllModalitiesEveryCaseCountsAsItIs() {
    let cases = [prepared("a"), prepared("b", has: [true, false, true])]
    let measured = validation(.full, cases).measure(lateFusionOf: voices(cases: 2))
    // The mean of the three chooses what two of them see: half of the structure.
    expectClose(measured.dice, 2.0 / 3, within: 1e-12)
    #expect(measured.bySubset == nil)
    #expect(Array(measured.byLabel.keys) == ["core"])
  }

  @Test func theMeanAndTheWorstOfTheSubsetsByHand() throws {
    let mean = validation(.mean, [prepared("a")]).measure(lateFusionOf: voices(cases: 1))
    // A tie is background, so of two only what both see is chosen.
    let expected = [
      "ct": 1.0, "mri": 2.0 / 3, "pet": 0, "ct+mri": 2.0 / 3, "ct+pet": 0, "mri+pet": 0,
      "ct+mri+pet": 2.0 / 3,
    ]
    let found = try #require(mean.bySubset)
    #expect(Set(found.keys) == Set(expected.keys))
    for (title, dice) in expected { expectClose(found[title] ?? -1, dice, within: 1e-12) }
    expectClose(mean.dice, 3.0 / 7, within: 1e-12)
    let worst = validation(.worst, [prepared("a")]).measure(lateFusionOf: voices(cases: 1))
    #expect(worst.dice == 0)
    #expect(worst.byLabel == ["core": 0])
  }

  @Test func aCaseCountsForTheSubsetsOfWhatItHas() throws {
    let cases = [
      prepared("a", has: [true, true, false]), prepared("b", has: [true, false, false]),
    ]
    let measured = validation(.mean, cases).measure(lateFusionOf: voices(cases: 2))
    let found = try #require(measured.bySubset)
    #expect(Set(found.keys) == ["ct", "mri", "ct+mri"])
  }

  @Test func aNetworkThatReadsNothingOfACaseFindsNothing() throws {
    let genotype = try Genotype(
      modalities: ["ct", "mri", "pet"], cells: [.identity(ofInput: 1, inputs: 3)])
    let network = try TrainingRun.makeNetwork(.fused(genotype), plan: plan, seed: 3)
    let predictor = Predictor(network: network, plan: plan)
    let measured = try validation(.worst, [prepared("a")]).measure(predictor)
    #expect(measured.dice == 0)
    let found = try #require(measured.bySubset)
    #expect(found["ct"] == 0 && found["pet"] == 0 && found["ct+pet"] == 0)
    #expect(found["mri"] == found["ct+mri"] && found["mri"] == found["ct+mri+pet"])
  }
}
