public import Architecture

/// Decides which architecture to try next.
///
/// A strategy proposes and is told the outcome. It touches no file and never judges, so it can be tested
/// against a made-up score in milliseconds; only one that follows gradients trains something, and says
/// how long that took. Given the same outcomes it proposes the same candidates: that is how an
/// interrupted search is resumed.
public protocol Strategy<Candidate> {
  associatedtype Candidate: SearchCandidate

  /// The next candidate worth estimating, or `nil` when there is nothing left to try.
  ///
  /// - Throws: What makes the whole search impossible.
  mutating func propose() throws -> Candidate?

  /// Learns from one finished trial, whether it succeeded or failed.
  mutating func observe(_ trial: Trial<Candidate>)

  /// The seconds that all proposals so far took, where that is much of a search: it counts in the budget.
  var proposingSeconds: Double { get }

  /// Whose child the last proposal was and who may still have children; `nil` for a strategy whose
  /// candidates have no parents.
  var descent: Descent? { get }
}

extension Strategy {
  public var descent: Descent? { nil }

  public var proposingSeconds: Double { 0 }
}
