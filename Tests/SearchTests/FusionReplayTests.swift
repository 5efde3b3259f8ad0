import Architecture
import Foundation
import Randomness
import Testing

@testable import Search

/// Strategies on the table of fusions of the phantom, each trained with two seeds by
/// Benchmarks/fusion-table; Benchmarks/Search does the same with more seeds and more strategies.
struct FusionReplayTests {
  private static let table: Result<String, any Error> = Result {
    let package = URL(fileURLWithPath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    return try String(
      contentsOfFile: package.path + "/datasets/phantom/fusions.csv", encoding: .utf8)
  }

  private let space: FusionCellSpace

  init() throws {
    space = try FusionCellSpace(
      modalities: ["ct", "mri", "ultrasound"], levels: 3, nodes: 1...1,
      vocabulary: CellVocabulary(operations: [.skip], combinations: [.sum]))
  }

  private func column(_ name: String) throws -> TabularEstimator<Genotype> {
    try TabularEstimator(
      readingFrom: Self.table.get(),
      columns: .init(candidate: "genotype", score: name, parameters: "parameters"))
  }

  private var genotypes: [Genotype] {
    CodeSequence(places: space.places).compactMap(space.candidate)
  }

  @Test func theTableHoldsTheSpaceAndItsCosts() throws {
    let table = try column("dice_1")
    #expect(table.count == 343)
    #expect(genotypes.count == 343)
    let topology = Topology(
      levels: zip([8, 16, 32], [1, 2, 2]).map { channels, stride in
        .init(channels: channels, kernel: [3, 3, 3], stride: [stride, stride, stride])
      }, blocksPerLevel: 1, classes: 6)
    for genotype in genotypes {
      let cost = Cost.of(.fused(genotype), topology: topology, patch: [24, 24, 24])
      #expect(try table.estimate(genotype).parameters == cost.parameters)
    }
  }

  /// What cannot be learnt is not in the table: the two seeds order genotypes alike, if loosely.
  @Test func theSeedsAgreeMoreOftenThanNot() throws {
    let (first, second) = (try column("dice_1"), try column("dice_2"))
    let scores = try genotypes.map {
      (try first.estimate($0).dice, try second.estimate($0).dice)
    }
    let correlation = try #require(
      RankCorrelation.spearman(scores.map(\.0), scores.map(\.1)))
    #expect((0.45..<0.6).contains(correlation))
    // Nothing is as good as all modalities on the finest level, and nothing with one alone on all.
    let best = try #require(zip(genotypes, scores).max { $0.1.0 + $0.1.1 < $1.1.0 + $1.1.1 }).0
    #expect(best.cells[0].nodes[0].edges.count == 3)
  }

  /// The mean Dice that the best of 40 trainings is behind the best of the table.
  private func regret(
    _ make: (UInt64) -> any Strategy<Genotype>
  ) throws -> Double {
    let table = try column("dice_1")
    let best = try genotypes.map { try table.estimate($0).dice }.max() ?? 0
    let found = try (1...60).map { seed in
      try trials(of: make(UInt64(seed)), judgedBy: table, within: .trials(40))
        .compactMap(\.estimate?.dice).max() ?? 0
    }
    return best - found.mean
  }

  @Test func strategiesThatLearnBeatRandomSearch() throws {
    let random = try regret { RandomSearch(in: space, using: SplitMix64(seed: $0)) }
    #expect((0.003..<0.006).contains(random))
    #expect(try regret { LocalSearch(in: space, using: SplitMix64(seed: $0)) } < random / 2)
    #expect(
      try regret {
        RegularizedEvolution(
          in: space, populationSize: 10, sampleSize: 3, using: SplitMix64(seed: $0))
      } < random)
    #expect(
      try regret { ParzenEstimator(in: space, initialSize: 10, using: SplitMix64(seed: $0)) }
        < random)
  }
}
