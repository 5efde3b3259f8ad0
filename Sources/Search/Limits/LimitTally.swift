/// Counts what limits refuse. The strategies of one search share it.
final class LimitTally {
  private(set) var proposals = 0
  private(set) var refused = 0
  private(set) var refusals: [LimitKey: (count: Int, least: Double)] = [:]

  /// Counts a proposal, and the limits that it exceeds with what it costs.
  func count(exceeding exceeded: [(key: LimitKey, cost: Double)]) {
    proposals += 1
    if !exceeded.isEmpty { refused += 1 }
    for (key, cost) in exceeded {
      let before = refusals[key] ?? (0, .infinity)
      refusals[key] = (before.count + 1, min(before.least, cost))
    }
  }
}

/// What the limits of a search have refused.
public struct LimitReport: Codable, Hashable, Sendable {
  /// One limit.
  public struct Line: Codable, Hashable, Sendable {
    public let key: LimitKey

    /// In the unit of the key.
    public let most: Double

    /// The proposals that exceeded it, perhaps others too.
    public let refused: Int

    /// The least that any of them costs; `nil` where there is none.
    public let least: Double?
  }

  /// All proposals; a genotype that was proposed twice counts twice.
  public let proposals: Int

  /// Those that exceeded a limit or more.
  public let refused: Int
  public let lines: [Line]

  /// `nil` where there is no limit.
  init?(_ limits: [(key: LimitKey, most: Double)], _ tally: LimitTally) {
    guard !limits.isEmpty else { return nil }
    proposals = tally.proposals
    refused = tally.refused
    lines = limits.map {
      let refusals = tally.refusals[$0.key]
      return Line(
        key: $0.key, most: $0.most, refused: refusals?.count ?? 0, least: refusals?.least)
    }
  }

  /// For the report.
  var sentence: String {
    let texts = lines.map { line in
      "`\(line.key.rawValue)` of \(line.key.text(of: line.most)) refused \(line.refused)"
        + (line.least.map { " (from \(line.key.text(of: $0)) up)" } ?? "")
    }
    return "Of \(proposals) proposals \(refused) exceeded a limit and were not tried: "
      + texts.joined(separator: ", ") + "."
  }
}
