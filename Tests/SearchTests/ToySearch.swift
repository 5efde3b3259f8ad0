import Architecture
import Randomness

@testable import Search

/// Scores a candidate by how many choices of its code are those of a hidden best one.
///
/// Codes that add up to a multiple of `failingEvery` cannot be judged.
struct HiddenTarget<Space: SearchSpace>: Estimator {
  struct Failure: Error {}

  let space: Space
  let target: [Int]
  var failingEvery = 0
  private(set) var calls = 0

  init(in space: Space, failingEvery: Int = 0, seed: UInt64 = 99) {
    var generator = SplitMix64(seed: seed)
    self.space = space
    self.failingEvery = failingEvery
    target = space.code(of: space.sample(using: &generator)) ?? []
  }

  mutating func estimate(_ candidate: Space.Candidate) throws -> Estimate {
    calls += 1
    let code = space.code(of: candidate) ?? []
    let sum = code.reduce(0, +)
    if failingEvery > 0, sum % failingEvery == 0 { throw Failure() }
    let hits = zip(code, target).count { $0 == $1 }
    return Estimate(dice: Double(hits) / Double(target.count), parameters: sum, seconds: 2)
  }
}

/// The trials of a search.
func trials<Candidate>(
  of strategy: some Strategy<Candidate>, judgedBy estimator: some Estimator<Candidate>,
  within budget: SearchBudget, resuming finished: [Trial<Candidate>] = []
) throws -> [Trial<Candidate>] {
  var strategy = strategy
  var estimator = estimator
  var trials = finished
  try search(
    with: &strategy, estimatingWith: &estimator, within: budget, resuming: finished
  ) { trials.append($0) }
  return trials
}

extension [Double] {
  var mean: Double { reduce(0, +) / Double(count) }
}

/// The mean over seeds of the best score after so many trials.
func meanBest<Candidate>(
  trials count: Int, seeds: Range<UInt64>, judgedBy estimator: some Estimator<Candidate>,
  _ make: (UInt64) throws -> any Strategy<Candidate>
) throws -> Double {
  try seeds.map { seed in
    try trials(of: make(seed), judgedBy: estimator, within: .trials(count))
      .compactMap(\.estimate?.dice).max() ?? 0
  }
  .mean
}
