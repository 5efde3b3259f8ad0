import Architecture
import Randomness
import Testing

@testable import Search

struct HyperbandTests {
  private let space = NASBench201Space()

  private func hyperband(seed: UInt64 = 1) -> Hyperband<NASBench201Cell> {
    Hyperband(shares: [1.0 / 9, 1.0 / 3, 1], reduction: 3) { index in
      RandomSearch(in: space, using: SplitMix64(seed: seed, stream: UInt64(index)))
    }
  }

  // The table of the paper's section 3 for R = 9 and η = 3: 9, 3, 1; 5, 1; 3.
  @Test func bracketsAreThoseOfThePaper() throws {
    #expect(
      (0..<3).map { Hyperband<NASBench201Cell>.size(ofBracket: $0, of: 3, reduction: 3) } == [
        9, 5, 3,
      ])
    let trials = try trials(
      of: hyperband(), judgedBy: NoisyTarget(in: space), within: .trials(22))
    let (low, middle) = (1.0 / 9, 1.0 / 3)
    let expected =
      Array(repeating: low, count: 9) + Array(repeating: middle, count: 3) + [1]
      + Array(repeating: middle, count: 5) + [1] + [1, 1, 1]
    #expect(trials.map(\.share) == expected)
    let best = trials[..<9].max { ($0.estimate?.dice ?? 0) < ($1.estimate?.dice ?? 0) }
    #expect(trials[9..<12].map(\.genotype).contains(try #require(best).genotype))
  }

  @Test func aResumedSearchIsTheUninterruptedOne() throws {
    let whole = try trials(of: hyperband(), judgedBy: NoisyTarget(in: space), within: .trials(60))
    for done in [1, 12, 30] {
      let resumed = try trials(
        of: hyperband(), judgedBy: NoisyTarget(in: space), within: .trials(60),
        resuming: Array(whole.prefix(done)))
      #expect(resumed == whole)
    }
  }

  @Test func aBracketWhoseCandidatesAllFailIsFollowedByTheNext() throws {
    var target = NoisyTarget(in: space)
    target.failingShare = 1.0 / 9
    let trials = try trials(of: hyperband(), judgedBy: target, within: .trials(14))
    #expect(trials.prefix(9).allSatisfy { $0.failure != nil })
    #expect(trials[9].share == 1.0 / 3 && trials[9].estimate != nil)
  }

  @Test func endsWithTheSpace() throws {
    let small = try FusionCellSpace(
      modalities: ["ct", "mri"], levels: 1, nodes: 1...1, sharedCell: true)
    let scheduler = Hyperband<Genotype>(shares: [0.5, 1], reduction: 2) { _ in
      GridSearch(in: small)
    }
    let trials = try trials(
      of: scheduler, judgedBy: NoisyTarget(in: small), within: .trials(2_000))
    #expect(trials.count < 2_000)
  }

  // Three candidates for brackets of 9, 5 and 3: 3, 1; 3, 1; 3.
  @Test func aSpaceSmallerThanItsBracketsIsJudgedWithAllTheWorkToo() throws {
    let tiny = try FusionCellSpace(
      modalities: ["ct", "mri"], levels: 1, nodes: 1...1, sharedCell: true,
      vocabulary: CellVocabulary(operations: [.skip], combinations: [.sum]))
    let (low, middle) = (1.0 / 9, 1.0 / 3)
    let scheduler = Hyperband<Genotype>(shares: [low, middle, 1], reduction: 3) { _ in
      GridSearch(in: tiny)
    }
    let trials = try trials(
      of: scheduler, judgedBy: NoisyTarget(in: tiny), within: .trials(100))
    #expect(
      trials.map(\.share) == [low, low, low, middle, middle, middle, middle, 1, 1, 1, 1])
  }
}
