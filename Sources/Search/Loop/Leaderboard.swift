public import Architecture
import Training

/// The trials of a search, best first, on an append-only file.
public struct Leaderboard<Candidate: SearchCandidate>: Sendable {
  private let log: LineLog<Trial<Candidate>>

  /// All trials in the order of the search.
  public private(set) var trials: [Trial<Candidate>]

  /// Opens the file at `path`.
  ///
  /// - Parameter keeping: Whether the trials that are there are kept; a line that a crash cut off is
  ///   dropped.
  public init(path: String, keeping: Bool) throws {
    log = LineLog(path: path)
    trials = keeping ? try log.records() : []
    try log.rewrite(trials)
  }

  /// Adds a trial, on the disk too.
  public mutating func add(_ trial: Trial<Candidate>) throws {
    trials.append(trial)
    try log.append(trial)
  }

  /// The trials that succeeded: those with most work first, of these the best, of equals the earlier.
  ///
  /// Scores of trainings of different length cannot be compared.
  public var ranking: [Trial<Candidate>] {
    trials.filter { $0.estimate != nil }.sorted {
      guard $0.share == $1.share else { return $0.share > $1.share }
      let (left, right) = ($0.estimate?.dice ?? 0, $1.estimate?.dice ?? 0)
      return left == right ? $0.number < $1.number : left > right
    }
  }

  /// The trials that failed.
  public var failures: [Trial<Candidate>] { trials.filter { $0.failure != nil } }
}
