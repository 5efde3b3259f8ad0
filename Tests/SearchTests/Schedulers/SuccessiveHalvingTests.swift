import Architecture
import Randomness
import Testing

@testable import Search

/// Scores by the hidden target, with noise that is smaller the more work is done.
struct NoisyTarget<Space: SearchSpace>: ScalableEstimator {
  typealias Candidate = Space.Candidate

  var target: HiddenTarget<Space>
  var failingShare = 2.0
  private(set) var shares: [Double] = []

  init(in space: Space) { target = HiddenTarget(in: space) }

  struct Failure: Error {}

  mutating func estimate(_ candidate: Candidate, with effort: Effort) throws -> Estimate {
    shares.append(effort.share)
    if effort.share == failingShare { throw Failure() }
    let score = try target.estimate(candidate).dice
    let code = target.space.code(of: candidate) ?? []
    var generator = SplitMix64(seed: UInt64(code.reduce(0) { $0 * 7 + $1 }))
    let noise = generator.normal(deviation: 0.1 * (1 - effort.share))
    return Estimate(dice: score + noise, seconds: 100 * effort.share)
  }
}

/// The trials of a scheduled search.
func trials<Candidate>(
  of scheduler: any Scheduler<Candidate>, judgedBy estimator: some ScalableEstimator<Candidate>,
  within budget: SearchBudget, resuming finished: [Trial<Candidate>] = [],
  recognizingBy form: ((Candidate) -> String)? = nil
) throws -> [Trial<Candidate>] {
  var scheduler = scheduler
  var estimator = estimator
  var trials = finished
  try search(
    scheduledBy: &scheduler, estimatingWith: &estimator, within: budget, resuming: finished,
    recognizingBy: form
  ) { trials.append($0) }
  return trials
}

struct SuccessiveHalvingTests {
  private let space = NASBench201Space()

  private func asha(
    seed: UInt64 = 1, shares: [Double] = [1.0 / 9, 1.0 / 3, 1]
  ) -> SuccessiveHalving<NASBench201Cell> {
    SuccessiveHalving(
      RandomSearch(in: space, using: SplitMix64(seed: seed)), shares: shares, reduction: 3)
  }

  @Test func sharesAreEachAThirdOfTheNext() {
    let third = 1.0 / 3
    let expected: [Double] = [third / 3, third, 1]
    #expect(Rungs.shares(count: 3, reduction: 3) == expected)
    #expect(Rungs.shares(count: 1, reduction: 3) == [1])
  }

  // Scores that fall: of three the first goes on, of six the first two, of which one has already.
  @Test func theBestThirdGoesOnByHand() throws {
    var scheduler = asha(shares: [0.5, 1])
    var proposals: [Proposal<NASBench201Cell>] = []
    for number in 1...8 {
      let next = try scheduler.next()
      let proposal = try #require(next)
      proposals.append(proposal)
      var trial = Trial(
        number: number, genotype: proposal.candidate,
        estimate: Estimate(dice: -Double(number)))
      trial.effort = proposal.share == 1 ? nil : proposal.share
      scheduler.observe(trial)
    }
    #expect(proposals.map(\.share) == [0.5, 0.5, 0.5, 1, 0.5, 0.5, 0.5, 1])
    #expect(proposals[3].candidate == proposals[0].candidate)
    #expect(proposals[7].candidate == proposals[1].candidate)
  }

  @Test func fewTrainingsGetAllTheWorkAndTheyAreGood() throws {
    let trials = try trials(of: asha(), judgedBy: NoisyTarget(in: space), within: .trials(150))
    let counts = [1.0 / 9, 1.0 / 3, 1].map { share in trials.count { abs($0.share - share) < 1e-9 }
    }
    #expect(counts[0] > 95 && counts[1] > 25 && (7...16).contains(counts[2]))
    let scores = { (low: Bool) in
      trials.filter { ($0.share < 0.2) == low }.compactMap(\.estimate?.dice).mean
    }
    #expect(scores(false) > scores(true) + 0.1)
  }

  @Test func whatFailsGoesNoFurther() throws {
    var target = NoisyTarget(in: space)
    target.failingShare = 1.0 / 3
    let trials = try trials(of: asha(), judgedBy: target, within: .trials(60))
    #expect(trials.contains { $0.failure != nil })
    #expect(!trials.contains { $0.share == 1 })
  }

  @Test func aResumedSearchIsTheUninterruptedOne() throws {
    let whole = try trials(of: asha(), judgedBy: NoisyTarget(in: space), within: .trials(60))
    for done in [1, 17, 40] {
      let resumed = try trials(
        of: asha(), judgedBy: NoisyTarget(in: space), within: .trials(60),
        resuming: Array(whole.prefix(done)))
      #expect(resumed == whole)
    }
  }
}
