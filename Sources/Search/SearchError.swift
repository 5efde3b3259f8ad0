/// Why a search could not be run or resumed.
public enum SearchError: Error, Equatable, CustomStringConvertible, Sendable {
  case otherSearch(trial: Int, recorded: String, proposed: String)
  case badLeaderboard(line: Int, problem: String)
  case fewerTrials(asked: Int, finished: Int)
  case tooFewCases(dataset: String, needed: Int, found: Int)
  case allTrialsFailed(count: Int, firstReason: String)
  case proxyFailed(count: Int, firstReason: String)
  case alikePatches(proxy: String, patches: Int)
  case badTable(line: Int, expected: String, found: String)
  case notInTable(String)
  case badLatencyTable(path: String, problem: String)
  case needsSupernet(strategy: String)
  case needsFusionCells(space: String)
  case nothingWithinLimits(LimitReport)
  case notTogether(String, String, reason: String)

  public var description: String {
    switch self {
    case .otherSearch(let trial, let recorded, let proposed):
      """
      The leaderboard comes from another search: trial \(trial) does not fit.
        recorded: \(recorded)
        proposed: \(proposed)
      Resume with the same dataset, pipeline and seed, or choose a new folder with --output.
      """
    case .badLeaderboard(let line, let problem):
      """
      The leaderboard cannot be gone on from: its line \(line) \(problem).
      Restore the file, or choose a new folder with --output.
      """
    case .fewerTrials(let asked, let finished):
      """
      The search has finished \(finished) trials already, and \(asked) are asked for.
      Resume it with --trials \(finished) or more.
      """
    case .tooFewCases(let dataset, let needed, let found):
      """
      '\(dataset)' has too few labelled cases to search on.
        expected: at least \(needed)
        found:    \(found)
      Lower "cases" and "validationCases" of the pipeline's "search" section, or add cases.
      """
    case .allTrialsFailed(let count, let firstReason):
      """
      All \(count) trials failed, so there is no winner. The first one says:
      \(firstReason)
      """
    case .proxyFailed(let count, let firstReason):
      """
      The proxy could judge none of the first \(count) genotypes. Of the first one it says:
      \(firstReason)
      Choose another by the pipeline's "proxy": {"name": …}, or fewer "patches".
      """
    case .badTable(let line, let expected, let found):
      """
      Line \(line) of the table cannot be read.
        expected: \(expected)
        found:    \(found)
      Give a text of comma-separated values whose first line names the columns.
      """
    case .nothingWithinLimits(let report):
      """
      No genotype that was proposed keeps the limits, so nothing was tried.
      \(report.sentence)
      Raise them in the pipeline's "search" section, or search smaller networks.
      """
    case .needsFusionCells(let space):
      "This is for fusion cells only, and the pipeline says \"space\": \"\(space)\"."
    case .needsSupernet(let strategy):
      "'\(strategy)' follows gradients through a supernet of fusion cells; this space has none."
    case .alikePatches(let proxy, let patches):
      """
      Two of the \(patches) patches look the same to this network, which the proxy '\(proxy)' cannot judge.
      Set fewer "patches" in the "proxy" section than there are cases to learn from.
      """
    case .notTogether(let first, let second, let reason):
      "\(first) and \(second) do not go together: \(reason)."
    case .badLatencyTable(let path, let problem):
      """
      \(path): this table of latencies cannot be used: \(problem).
      Restore it; of a search without trials yet, remove it, and it will be measured again.
      """
    case .notInTable(let candidate):
      "The table has no line for \(candidate). Search the space that the table was made for."
    }
  }
}
