import Architecture
import Foundation
import Randomness
import TestSupport
import Testing

@testable import Search

struct LeaderboardTests {
  private func trials() throws -> [Trial<Genotype>] {
    let space = try FusionCellSpace(
      modalities: ["ct", "mri"], levels: 3, nodes: 1...2, sharedCell: true)
    var generator = SplitMix64(seed: 1)
    let genotypes = (0..<4).map { _ in space.sample(using: &generator) }
    return [
      Trial(number: 1, genotype: genotypes[0], estimate: Estimate(dice: 0.5)),
      Trial(number: 2, genotype: genotypes[1], failure: "out of memory"),
      Trial(number: 3, genotype: genotypes[2], estimate: Estimate(dice: 0.7, parameters: 12)),
      Trial(number: 4, genotype: genotypes[3], estimate: Estimate(dice: 0.5)),
    ]
  }

  @Test func ranksTheBestFirstAndEqualsByNumber() throws {
    try withTemporaryFolder { folder in
      var leaderboard = try Leaderboard<Genotype>(path: folder + "/l.jsonl", keeping: false)
      for trial in try trials() { try leaderboard.add(trial) }
      #expect(leaderboard.ranking.map(\.number) == [3, 1, 4])
      #expect(leaderboard.failures.map(\.number) == [2])
    }
  }

  @Test func isReadBackWithoutTheLineThatACrashCutOff() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/l.jsonl"
      var leaderboard = try Leaderboard<Genotype>(path: path, keeping: false)
      for trial in try trials() { try leaderboard.add(trial) }
      let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
      try handle.seekToEnd()
      try handle.write(contentsOf: Data("{\"number\": 5, \"geno".utf8))
      try handle.close()
      #expect(try Leaderboard<Genotype>(path: path, keeping: true).trials == trials())
      #expect(try Leaderboard<Genotype>(path: path, keeping: false).trials.isEmpty)
    }
  }
}
