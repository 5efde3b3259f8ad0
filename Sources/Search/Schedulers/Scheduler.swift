public import Architecture

/// A candidate, and which part of the full work its estimate is worth.
public struct Proposal<Candidate: SearchCandidate>: Hashable, Sendable {
  public let candidate: Candidate

  /// Above 0 and at most 1.
  public let share: Double

  public init(_ candidate: Candidate, share: Double = 1) {
    self.candidate = candidate
    self.share = share
  }
}

/// Decides which candidate is estimated next and how thoroughly, perhaps again.
///
/// Like a ``Strategy``, it proposes the same when it is told the same.
public protocol Scheduler<Candidate> {
  associatedtype Candidate: SearchCandidate

  /// What to do next; `nil` when there is nothing before another outcome is known, or at all.
  ///
  /// - Throws: What makes the whole search impossible.
  mutating func next() throws -> Proposal<Candidate>?

  /// Learns from one finished trial, whether it succeeded or failed.
  mutating func observe(_ trial: Trial<Candidate>)

  /// The seconds that all proposals so far took, as ``Strategy/proposingSeconds``.
  var proposingSeconds: Double { get }

  /// As ``Strategy/descent``.
  var descent: Descent? { get }
}

extension Scheduler {
  public var descent: Descent? { nil }

  public var proposingSeconds: Double { 0 }
}

/// The schedule of a plain search: every candidate once, with all the work.
public struct FullEffort<Candidate: SearchCandidate>: Scheduler {
  private var strategy: any Strategy<Candidate>

  public init(_ strategy: any Strategy<Candidate>) {
    self.strategy = strategy
  }

  public var proposingSeconds: Double { strategy.proposingSeconds }

  public var descent: Descent? { strategy.descent }

  public mutating func next() throws -> Proposal<Candidate>? {
    try strategy.propose().map { Proposal($0) }
  }

  public mutating func observe(_ trial: Trial<Candidate>) { strategy.observe(trial) }
}
