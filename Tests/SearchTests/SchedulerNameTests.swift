import Architecture
import Testing

@testable import Search

struct SchedulerNameTests {
  private let space = NASBench201Space()

  /// Every schedule goes with every strategy.
  @Test(arguments: SchedulerName.allCases, StrategyName.learning)
  func searchesAndResumesToTheSame(scheduler: SchedulerName, strategy: StrategyName) throws {
    var options = SearchOptions()
    options.scheduler = scheduler
    options.strategy = strategy
    options.population = 5
    func run(resuming finished: [Trial<NASBench201Cell>] = []) throws -> [Trial<NASBench201Cell>] {
      try trials(
        of: options.makeScheduler(in: space, seed: 3), judgedBy: NoisyTarget(in: space),
        within: .trials(30), resuming: finished)
    }
    let whole = try run()
    #expect(whole.count == 30)
    #expect(whole.contains { $0.share < 1 } == (scheduler != .full))
    #expect(try run(resuming: Array(whole.prefix(11))) == whole)
  }
}
