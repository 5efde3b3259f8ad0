import Architecture
import Dispatch

/// Of so many proposals of another strategy makes the one that a proxy likes best.
///
/// The other strategy is told the outcome of that one alone; the others it may propose again. A candidate
/// that the proxy cannot judge is chosen only when it can judge none.
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
    return best?.candidate
  }

  mutating func observe(_ trial: Trial<Candidate>) { base.observe(trial) }

  private mutating func judged(_ candidate: Candidate) -> Double {
    if let score = known[candidate] { return score }
    let start = DispatchTime.now().uptimeNanoseconds
    // What cannot even be judged is the trial's failure to report, should it come to one.
    let found = (try? score(candidate)) ?? -.infinity
    seconds += Double(DispatchTime.now().uptimeNanoseconds - start) / 1e9
    let score = found.isNaN ? -.infinity : found
    known[candidate] = score
    return score
  }
}
