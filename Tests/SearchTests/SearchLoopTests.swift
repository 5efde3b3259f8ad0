import Architecture
import Foundation
import Randomness
import Testing

@testable import Search

struct SearchLoopTests {
  /// Rewards cells with many edges, and cannot judge sums.
  private struct CountEdges: Estimator {
    struct NoSums: Error, CustomStringConvertible { let description = "no sums today" }
    var calls = 0

    mutating func estimate(_ genotype: Genotype) throws -> Estimate {
      calls += 1
      let nodes = genotype.cells.flatMap(\.nodes)
      if nodes.contains(where: { $0.combination == .sum }) { throw NoSums() }
      return Estimate(dice: Double(nodes.map(\.edges.count).reduce(0, +)) / 100)
    }
  }

  private func strategy(seed: UInt64 = 3) throws -> RandomSearch<FusionCellSpace, SplitMix64> {
    RandomSearch(
      in: try FusionCellSpace(
        modalities: ["ct", "mri"], levels: 3, nodes: 1...2, sharedCell: true),
      using: SplitMix64(seed: seed))
  }

  @Test func goesOnWhenACandidateCannotBeTrained() throws {
    var strategy = try strategy()
    var estimator = CountEdges()
    var trials: [Trial<Genotype>] = []
    try search(with: &strategy, estimatingWith: &estimator, within: .trials(30)) {
      trials.append($0)
    }
    #expect(trials.map(\.number) == Array(1...30))
    #expect(trials.contains { $0.failure == "no sums today" })
    #expect(trials.contains { $0.estimate != nil })
  }

  @Test func aResumedSearchIsTheUninterruptedOne() throws {
    var whole: [Trial<Genotype>] = []
    var first = try strategy()
    var estimator = CountEdges()
    try search(with: &first, estimatingWith: &estimator, within: .trials(12)) { whole.append($0) }
    var resumed = Array(whole.prefix(5))
    var second = try strategy()
    var other = CountEdges()
    try search(
      with: &second, estimatingWith: &other, within: .trials(12), resuming: Array(whole.prefix(5))
    ) { resumed.append($0) }
    // Times differ from run to run, those to a failure too.
    #expect(resumed.map(\.genotype) == whole.map(\.genotype))
    #expect(resumed.map(\.estimate) == whole.map(\.estimate))
    #expect(other.calls == 7)
  }

  @Test func anotherSeedCannotResume() throws {
    var whole: [Trial<Genotype>] = []
    var first = try strategy()
    var estimator = CountEdges()
    try search(with: &first, estimatingWith: &estimator, within: .trials(4)) { whole.append($0) }
    var other = try strategy(seed: 4)
    let error = #expect(throws: SearchError.self) {
      try search(
        with: &other, estimatingWith: &estimator, within: .trials(6), resuming: whole,
        onTrial: { _ in })
    }
    #expect(
      error?.description.hasPrefix("The leaderboard comes from another search: trial 1") == true)
  }

  @Test func aLeaderboardThatNoSearchHasLeftIsRefused() throws {
    let space = NASBench201Space()
    func refusal(_ change: (inout [Trial<NASBench201Cell>]) throws -> Void) throws -> String? {
      let strategy = RandomSearch(in: space, using: SplitMix64(seed: 2))
      var finished = try trials(
        of: strategy, judgedBy: HiddenTarget(in: space), within: .trials(3))
      try change(&finished)
      return #expect(throws: SearchError.self) {
        try trials(
          of: strategy, judgedBy: HiddenTarget(in: space), within: .trials(6), resuming: finished)
      }?.description
    }
    let advice = "Restore the file, or choose a new folder with --output."
    #expect(
      try refusal { $0[1].knowing = 50 }
        == "The leaderboard cannot be gone on from: its line 2 knows the outcomes of 50 trials, at "
        + "most 1 are before it.\n" + advice)
    #expect(
      try refusal { $0.remove(at: 1) }
        == "The leaderboard cannot be gone on from: its line 2 is trial 3.\n" + advice)
    func changed(_ old: String, _ new: String) throws -> String? {
      try refusal { finished in
        let text = String(decoding: try JSONEncoder().encode(finished[0]), as: UTF8.self)
        finished[0] = try JSONDecoder().decode(
          Trial<NASBench201Cell>.self, from: Data(text.replacing(old, with: new).utf8))
      }
    }
    #expect(
      try changed("\"estimate\"", "\"other\"")
        == "The leaderboard cannot be gone on from: its line 1 has not one outcome.\n" + advice)
    #expect(
      try changed("\"seconds\":", "\"seconds\":-")
        == "The leaderboard cannot be gone on from: its line 1 has numbers that no trial has.\n"
        + advice)
  }

  /// Judges several candidates at a time, and finishes the latest first.
  private final class Parallel: Judge {
    let width: Int
    var begun: [Int] = []
    private var target = HiddenTarget(in: NASBench201Space())

    init(width: Int) { self.width = width }

    func begin(_ task: SearchTask<NASBench201Cell>) { begun.append(task.number) }

    func finish(_ task: SearchTask<NASBench201Cell>) -> Trial<NASBench201Cell> {
      Trial(of: task) { try target.estimate(task.candidate) }
    }
  }

  private func parallel(
    width: Int, resuming finished: [Trial<NASBench201Cell>] = [], seconds: Double = .infinity
  ) throws -> (trials: [Trial<NASBench201Cell>], begun: [Int]) {
    var options = SearchOptions()
    options.strategy = .evolution
    options.population = 4
    let space = NASBench201Space()
    var scheduler = try options.makeScheduler(in: space, seed: 5)
    var judge = Parallel(width: width)
    var trials = finished
    var loop = SearchLoop(
      budget: SearchBudget(trials: 25, seconds: seconds), finished: finished)
    try loop.run(&scheduler, &judge) { trials.append($0) }
    return (trials, judge.begun)
  }

  @Test func severalAtATimeAreRecordedWithWhatWasKnown() throws {
    let trials = try parallel(width: 3).trials
    #expect(trials.map(\.number) == Array(1...25))
    #expect(trials.map { $0.knowing ?? $0.number - 1 } == (1...25).map { max(0, $0 - 3) })
    #expect(try parallel(width: 3).trials == trials)
    #expect(try parallel(width: 1).trials.map(\.genotype) != trials.map(\.genotype))
  }

  @Test func severalAtATimeResumeToTheSame() throws {
    let whole = try parallel(width: 3).trials
    for done in [1, 2, 10, 24] {
      let resumed = try parallel(width: 3, resuming: Array(whole.prefix(done)))
      #expect(resumed.trials == whole)
      #expect(resumed.begun == Array((done + 1)...25))
    }
  }

  /// What another number of processes has left is taken up as it was made.
  @Test func anotherWidthCanGoOn() throws {
    let whole = try parallel(width: 3).trials
    let resumed = try parallel(width: 1, resuming: Array(whole.prefix(10))).trials
    #expect(Array(resumed.prefix(10)) == Array(whole.prefix(10)))
    #expect(resumed.count == 25)
  }

  // Every trial takes 2 s; 10 s are over when the fifth is known, and by then two more were begun.
  @Test func theTimeCountsWhatIsKnown() throws {
    #expect(try parallel(width: 1, seconds: 10).trials.count == 5)
    #expect(try parallel(width: 3, seconds: 10).trials.count == 7)
  }

  @Test func theSameNetworkIsJudgedOnce() throws {
    let space = NASBench201Space()
    var scheduler = FullEffort<NASBench201Cell>(
      RandomSearch(in: space, using: SplitMix64(seed: 2)))
    var judge = Parallel(width: 2)
    var loop = SearchLoop<NASBench201Cell>(
      budget: .trials(300), finished: [], form: { space.canonicalForm(of: $0) })
    var trials: [Trial<NASBench201Cell>] = []
    try loop.run(&scheduler, &judge) { trials.append($0) }
    let copies = trials.filter { $0.copyOf != nil }
    #expect(copies.count > 5)
    #expect(judge.begun.count == 300 - copies.count)
    for copy in copies {
      let original = trials[try #require(copy.copyOf) - 1]
      #expect(
        space.canonicalForm(of: copy.genotype) == space.canonicalForm(of: original.genotype))
      #expect(copy.estimate == original.estimate && copy.seconds == 0)
    }
    #expect(
      Set(trials.filter { $0.copyOf == nil }.map { space.canonicalForm(of: $0.genotype) }).count
        == judge.begun.count)
  }

  @Test func aStrategyThatOnlyRepeatsItselfEnds() throws {
    struct Stubborn: Strategy {
      let cell: NASBench201Cell
      mutating func propose() -> NASBench201Cell? { cell }
      mutating func observe(_ trial: Trial<NASBench201Cell>) {}
    }
    let space = NASBench201Space()
    var generator = SplitMix64(seed: 1)
    var scheduler = FullEffort<NASBench201Cell>(
      Stubborn(cell: space.sample(using: &generator)))
    var estimator = NoisyTarget(in: space)
    var count = 0
    try search(
      scheduledBy: &scheduler, estimatingWith: &estimator, within: .seconds(1e6),
      recognizingBy: { space.canonicalForm(of: $0) }
    ) { _ in count += 1 }
    #expect(count == 1_001)
    #expect(estimator.shares.count == 1)
  }

  @Test(arguments: [Double.nan, .infinity])
  func aScoreThatIsNoNumberIsAFailure(score: Double) throws {
    struct Broken: Estimator {
      let score: Double
      func estimate(_ genotype: Genotype) -> Estimate { Estimate(dice: score) }
    }
    var strategy = try strategy()
    var estimator = Broken(score: score)
    var trials: [Trial<Genotype>] = []
    try search(with: &strategy, estimatingWith: &estimator, within: .trials(2)) {
      trials.append($0)
    }
    #expect(
      trials.map(\.failure)
        == Array(repeating: "its score is \(score), which is no number", count: 2))
  }
}
