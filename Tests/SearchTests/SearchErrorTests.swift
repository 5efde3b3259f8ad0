import Testing

@testable import Search

struct SearchErrorTests {
  @Test(arguments: [
    (
      SearchError.otherSearch(trial: 3, recorded: "a", proposed: "b"),
      """
      The leaderboard comes from another search: trial 3 does not fit.
        recorded: a
        proposed: b
      Resume with the same dataset, pipeline and seed, or choose a new folder with --output.
      """
    ),
    (
      .badLeaderboard(line: 2, problem: "is trial 3"),
      """
      The leaderboard cannot be gone on from: its line 2 is trial 3.
      Restore the file, or choose a new folder with --output.
      """
    ),
    (
      .alikePatches(proxy: "naswot", patches: 16),
      """
      Two of the 16 patches look the same to this network, which the proxy 'naswot' cannot judge.
      Set fewer "patches" in the "proxy" section than there are cases to learn from.
      """
    ),
    (
      .fewerTrials(asked: 3, finished: 8),
      """
      The search has finished 8 trials already, and 3 are asked for.
      Resume it with --trials 8 or more.
      """
    ),
    (
      .tooFewCases(dataset: "Sarcoma", needed: 5, found: 2),
      """
      'Sarcoma' has too few labelled cases to search on.
        expected: at least 5
        found:    2
      Lower "cases" and "validationCases" of the pipeline's "search" section, or add cases.
      """
    ),
    (
      .nothingWithinLimits(Self.refused),
      """
      No genotype that was proposed keeps the limits, so nothing was tried.
      Of 5 proposals 5 exceeded a limit and were not tried: `memoryLimit` of 0.5 MiB refused 5 \
      (from 2 MiB up), `multiplyAddLimit` of 1e+06 multiply-adds refused 2 (from 3e+06 multiply-adds up).
      Raise them in the pipeline's "search" section, or search smaller networks.
      """
    ),
    (
      .allTrialsFailed(count: 8, firstReason: "no memory"),
      """
      All 8 trials failed, so there is no winner. The first one says:
      no memory
      """
    ),
    (
      .proxyFailed(count: 4, firstReason: "no memory"),
      """
      The proxy could judge none of the first 4 genotypes. Of the first one it says:
      no memory
      Choose another by the pipeline's "proxy": {"name": …}, or fewer "patches".
      """
    ),
  ])
  func saysWhatIsWrongAndWhatToDo(error: SearchError, message: String) {
    #expect(error.description == message)
  }

  /// Five proposals that are all too large, two of them also too slow.
  private static var refused: LimitReport {
    let tally = LimitTally()
    for index in 0..<5 {
      tally.count(
        exceeding: [(.memoryLimit, 2)] + (index < 2 ? [(.multiplyAddLimit, 3e6)] : []))
    }
    guard let report = LimitReport([(.memoryLimit, 0.5), (.multiplyAddLimit, 1e6)], tally) else {
      preconditionFailure("there are limits")
    }
    return report
  }
}
