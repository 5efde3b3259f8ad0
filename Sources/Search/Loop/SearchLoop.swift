import Architecture

/// Runs a search: propose, estimate, observe, record, until the budget is spent.
///
/// A candidate that cannot be trained is a result, not an accident: its error is recorded and the
/// search goes on.
///
/// - Parameters:
///   - strategy: Proposes; it must be new, also when the search is resumed.
///   - estimator: Judges.
///   - budget: How much is tried, the trials of `finished` included.
///   - finished: The trials of an interrupted search; they are replayed, not repeated.
///   - record: Told each new trial.
/// - Throws: ``SearchError/otherSearch(trial:recorded:proposed:)`` when `finished` does not come from
///   this strategy with this seed, or what `record` throws.
public func search<Candidate>(
  with strategy: inout some Strategy<Candidate>,
  estimatingWith estimator: inout some Estimator<Candidate>, within budget: SearchBudget,
  resuming finished: [Trial<Candidate>] = [], onTrial record: (Trial<Candidate>) throws -> Void
) throws {
  var scheduler = PlainSchedule(strategy: strategy)
  var judge = LocalJudge(estimator: estimator) { estimator, candidate, _ in
    try estimator.estimate(candidate)
  }
  defer { (strategy, estimator) = (scheduler.strategy, judge.estimator) }
  var loop = SearchLoop(budget: budget, finished: finished)
  try loop.run(&scheduler, &judge, onTrial: record)
}

/// Runs a search in which a scheduler says how thoroughly each candidate is judged.
///
/// - Parameter form: What candidates share that are the same network; the second of them takes over
///   the estimate of the first. `nil`: every candidate is judged.
/// - Throws: As ``search(with:estimatingWith:within:resuming:onTrial:)``.
public func search<Candidate>(
  scheduledBy scheduler: inout some Scheduler<Candidate>,
  estimatingWith estimator: inout some ScalableEstimator<Candidate>, within budget: SearchBudget,
  resuming finished: [Trial<Candidate>] = [], recognizingBy form: ((Candidate) -> String)? = nil,
  onTrial record: (Trial<Candidate>) throws -> Void
) throws {
  var judge = LocalJudge(estimator: estimator) { estimator, candidate, effort in
    try estimator.estimate(candidate, with: effort)
  }
  defer { estimator = judge.estimator }
  var loop = SearchLoop(budget: budget, finished: finished, form: form)
  try loop.run(&scheduler, &judge, onTrial: record)
}

/// A strategy as the loop wants it.
private struct PlainSchedule<Base: Strategy>: Scheduler {
  var strategy: Base

  var proposingSeconds: Double { strategy.proposingSeconds }

  mutating func next() throws -> Proposal<Base.Candidate>? {
    try strategy.propose().map { Proposal($0) }
  }

  mutating func observe(_ trial: Trial<Base.Candidate>) { strategy.observe(trial) }
}

/// The state of a search that is going on.
///
/// Outcomes are observed in the order of the proposals, and the proposal of trial *n* is made as soon
/// as all but *width* of the trials before it are observed. So what a strategy knows does not depend on
/// which process was faster, and the same seed and width give the same search.
struct SearchLoop<Candidate: SearchCandidate> {
  let budget: SearchBudget
  let finished: [Trial<Candidate>]
  var form: ((Candidate) -> String)?

  /// Adds what is foretold of a candidate to its estimate; `nil`: nobody asked.
  var foretell: ((Candidate, inout Estimate) throws -> Void)?

  /// Where trials inherit from their parents: told after every trial which may still be a parent.
  var onDescent: ((Set<Int>) throws -> Void)?

  /// The seconds that were spent before the first trial; they count as a part of it.
  private var prepared: Double

  private var observed: [Trial<Candidate>] = []
  private var onTheWay: [Pending] = []
  private var spent = 0.0

  /// The first trial of every network and effort.
  private var firsts: [String: Int] = [:]
  private var copiesInARow = 0

  /// After so many copies one after another the strategy counts as having nothing left to try.
  private static var patience: Int { 1_000 }

  private struct Pending {
    let task: SearchTask<Candidate>

    /// How many trials were observed when it was proposed.
    let knowing: Int

    /// The trial with the same network, if there is one.
    let original: Int?

    /// The seconds that proposing it took.
    let preparing: Double
  }

  init(
    budget: SearchBudget, finished: [Trial<Candidate>], form: ((Candidate) -> String)? = nil,
    prepared: Double = 0
  ) {
    self.budget = budget
    self.prepared = prepared
    self.finished = finished
    self.form = form
  }

  mutating func run(
    _ scheduler: inout some Scheduler<Candidate>, _ judge: inout some Judge<Candidate>,
    onTrial record: (Trial<Candidate>) throws -> Void
  ) throws {
    try checkOrder()
    while true {
      try propose(&scheduler, &judge)
      guard !onTheWay.isEmpty else { return }
      let pending = onTheWay.removeFirst()
      let trial = try outcome(of: pending, &judge)
      observed.append(trial)
      spent += trial.seconds
      copiesInARow = trial.copyOf == nil ? 0 : copiesInARow + 1
      scheduler.observe(trial)
      if trial.number > finished.count { try record(trial) }
      // Before that, trials that are still to be replayed would not count as living.
      if trial.number >= finished.count, let living = scheduler.descent?.living {
        // What is on its way has its parent's weights to begin with, and may have saved its own already.
        let awaited = onTheWay.flatMap { [$0.task.number, $0.task.effort.lineage?.parent] }
        try onDescent?(living.union(awaited.compactMap(\.self)))
      }
    }
  }

  /// Refuses finished trials that no search can have left: it would wait for what never comes.
  private func checkOrder() throws(SearchError) {
    for (index, trial) in finished.enumerated() {
      guard trial.number == index + 1 else {
        throw .badLeaderboard(line: index + 1, problem: "is trial \(trial.number)")
      }
      guard (trial.estimate == nil) != (trial.failure == nil) else {
        throw .badLeaderboard(line: index + 1, problem: "has not one outcome")
      }
      guard trial.seconds >= 0, abs(trial.estimate?.dice ?? 0) < 1e100 else {
        throw .badLeaderboard(line: index + 1, problem: "has numbers that no trial has")
      }
      guard let knowing = trial.knowing, !(0...index).contains(knowing) else { continue }
      throw .badLeaderboard(
        line: index + 1,
        problem: "knows the outcomes of \(knowing) trials, at most \(index) are before it")
    }
  }

  /// Begins as many trials as may be on their way.
  private mutating func propose(
    _ scheduler: inout some Scheduler<Candidate>, _ judge: inout some Judge<Candidate>
  ) throws {
    while mayPropose(width: judge.width) {
      let before = scheduler.proposingSeconds
      let number = observed.count + onTheWay.count + 1
      guard let proposal = try next(of: &scheduler, forTrial: number) else { return }
      var effort = Effort(share: proposal.share, toBeat: best(withShare: proposal.share))
      if onDescent != nil {
        effort.lineage = Lineage(trial: number, parent: scheduler.descent?.parent)
      }
      let key = form.map { "\($0(proposal.candidate)) \(proposal.share)" }
      let original = key.flatMap { firsts[$0] }
      if let key, original == nil { firsts[key] = number }
      let task = SearchTask(number: number, candidate: proposal.candidate, effort: effort)
      let pending = Pending(
        task: task, knowing: observed.count, original: original,
        preparing: scheduler.proposingSeconds - before + (number == 1 ? prepared : 0))
      if number <= finished.count {
        try check(finished[number - 1], is: task)
      } else if original == nil {
        try judge.begin(task)
      }
      onTheWay.append(pending)
    }
  }

  /// The next proposal. Where an interrupted search has asked in vain while outcomes were on their way, it
  /// is asked again.
  private func next(
    of scheduler: inout some Scheduler<Candidate>, forTrial number: Int
  ) throws -> Proposal<Candidate>? {
    var next = try scheduler.next()
    for _ in finished where next == nil && number <= finished.count { next = try scheduler.next() }
    if next == nil, number <= finished.count {
      throw SearchError.badLeaderboard(
        line: number, problem: "is a trial that this search does not propose")
    }
    return next
  }

  private func mayPropose(width: Int) -> Bool {
    let begun = observed.count + onTheWay.count
    guard budget.allows(trials: begun, seconds: spent), copiesInARow < Self.patience else {
      return false
    }
    guard begun < finished.count else { return onTheWay.count < max(1, width) }
    return observed.count >= finished[begun].knowing ?? begun
  }

  private func best(withShare share: Double) -> Double? {
    observed.lazy.filter { $0.share == share }.compactMap(\.estimate?.dice).max()
  }

  private func check(
    _ recorded: Trial<Candidate>, is task: SearchTask<Candidate>
  ) throws(SearchError) {
    guard recorded.genotype == task.candidate, recorded.share == task.effort.share else {
      throw .otherSearch(
        trial: recorded.number, recorded: recorded.genotype.description,
        proposed: task.candidate.description)
    }
  }

  private func outcome(
    of pending: Pending, _ judge: inout some Judge<Candidate>
  ) throws -> Trial<Candidate> {
    let number = pending.task.number
    if number <= finished.count { return finished[number - 1] }
    var trial: Trial<Candidate>
    if let original = pending.original, let estimate = observed[original - 1].estimate {
      trial = Trial(number: number, genotype: pending.task.candidate, estimate: estimate)
      trial.effort = observed[original - 1].effort
      trial.copyOf = original
    } else {
      // What failed once may be another's fault, so the copy is judged.
      if pending.original != nil { try judge.begin(pending.task) }
      trial = try judge.finish(pending.task)
    }
    if let foretell, var estimate = trial.estimate {
      try foretell(pending.task.candidate, &estimate)
      trial.estimate = estimate
    }
    trial.knowing = pending.knowing == number - 1 ? nil : pending.knowing
    trial.preparing = pending.preparing > 0 ? pending.preparing : nil
    return trial
  }
}
