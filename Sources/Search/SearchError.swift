/// Why a search could not be run or resumed.
public enum SearchError: Error, Equatable, CustomStringConvertible, Sendable {
  case otherSearch(trial: Int, recorded: String, proposed: String)
  case tooFewCases(dataset: String, needed: Int, found: Int)
  case allTrialsFailed(count: Int, firstReason: String)

  public var description: String {
    switch self {
    case .otherSearch(let trial, let recorded, let proposed):
      """
      The leaderboard comes from another search: trial \(trial) does not fit.
        recorded: \(recorded)
        proposed: \(proposed)
      Resume with the same dataset, pipeline and seed, or choose a new folder with --output.
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
    }
  }
}
