public import Architecture

/// Decides which architecture to try next.
///
/// A strategy proposes and is told the outcome. It never trains, touches no file and sees no image,
/// so it can be tested against a made-up score in milliseconds. Given the same outcomes it proposes
/// the same candidates: that is how an interrupted search is resumed.
public protocol Strategy<Candidate> {
  associatedtype Candidate: SearchCandidate

  /// The next candidate worth estimating, or `nil` when there is nothing left to try.
  mutating func propose() -> Candidate?

  /// Learns from one finished trial, whether it succeeded or failed.
  mutating func observe(_ trial: Trial<Candidate>)
}
