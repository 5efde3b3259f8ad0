import Architecture
import Dispatch

/// Of so many proposals of another strategy makes the one that a proxy likes best.
///
/// The other strategy is told the outcome of that one alone; the others it may propose again. A candidate
/// that the proxy cannot judge, or whose score is no finite number, is chosen only when it can judge none of
/// them; where it never could judge any, there is nothing to choose by.
///
/// Source: the warm-up and move proposals of M. Abdelfattah et al., "Zero-Cost Proxies for Lightweight NAS",
/// ICLR 2021, section 5, for any strategy.
struct ProxyFilter<Candidate: SearchCandidate>: Strategy {
  private var base: any Strategy<Candidate>
  private let proposals: Int
  private let score: (Candidate) throws -> Double
  private var known: [Candidate: Double] = [:]
  private var seconds = 0.0
  private var parent: Int?

  /// Whether any candidate could be judged; what kept the first from it.
  private var hasJudged = false
  private var firstReason: String?

  /// - Parameters:
  ///   - base: A strategy that learns from outcomes.
  ///   - proposals: Of how many proposals one is chosen.
  ///   - score: The proxy; higher is better.
  init(
    _ base: any Strategy<Candidate>, proposals: Int, score: @escaping (Candidate) throws -> Double
  ) {
    precondition(proposals > 0, "the best of \(proposals) proposals")
    self.base = base
    self.proposals = proposals
    self.score = score
  }

  var proposingSeconds: Double { base.proposingSeconds + seconds }

  var descent: Descent? { base.descent.map { Descent(parent: parent, living: $0.living) } }

  /// - Throws: ``SearchError/proxyFailed(count:firstReason:)`` when no candidate could be judged so far.
  mutating func propose() throws -> Candidate? {
    var best: (candidate: Candidate, score: Double)?
    for _ in 0..<proposals {
      guard let candidate = try base.propose() else { break }
      let score = judged(candidate)
      if best.map({ score > $0.score }) ?? true {
        best = (candidate, score)
        parent = base.descent?.parent
      }
    }
    if best != nil, !hasJudged {
      throw SearchError.proxyFailed(count: known.count, firstReason: firstReason ?? "unknown")
    }
    return best?.candidate
  }

  mutating func observe(_ trial: Trial<Candidate>) { base.observe(trial) }

  private mutating func judged(_ candidate: Candidate) -> Double {
    if let score = known[candidate] { return score }
    let start = DispatchTime.now().uptimeNanoseconds
    var found = -Double.infinity
    do {
      found = try self.score(candidate)
      if !found.isFinite {
        firstReason = firstReason ?? "its score is \(found), which is no number"
      }
    } catch {
      // Should it become a trial, that says why it fails.
      firstReason = firstReason ?? "\(error)"
    }
    seconds += Double(DispatchTime.now().uptimeNanoseconds - start) / 1e9
    let score = found.isNaN ? -.infinity : found
    hasJudged = hasJudged || score.isFinite
    known[candidate] = score
    return score
  }
}
