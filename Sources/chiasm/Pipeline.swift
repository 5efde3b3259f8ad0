import Search
import Training

/// Everything that can be set, as `pipelines/*.json` and a run's `pipeline.json` hold it.
struct Pipeline: Codable, Equatable {
  var plan = PlanOptions()
  var training = TrainingOptions()
  var search = SearchOptions()

  /// The threads to compute with; 0: one per core.
  var threads = 0

  /// The file at `path` over the defaults, or the defaults.
  static func read(_ path: String?) throws(PipelineError) -> Pipeline {
    guard let path else { return Pipeline() }
    let pipeline = try StrictFile(path: path).read(over: Pipeline())
    if let (key, minimum, found) = pipeline.firstTooSmall {
      throw .wrongKind(
        path: path, key: key, expected: "a number of at least \(minimum)", found: "\(found)")
    }
    return pipeline
  }

  /// The first number that is smaller than what can be computed with.
  private var firstTooSmall: (key: String, minimum: Int, found: Int)? {
    let limits = [
      ("plan.patchVoxels", 64, plan.patchVoxels), ("plan.baseChannels", 1, plan.baseChannels),
      ("plan.maximumChannels", 1, plan.maximumChannels), ("plan.levels", 0, plan.levels),
      ("plan.blocksPerLevel", 1, plan.blocksPerLevel), ("plan.batchSize", 1, plan.batchSize),
      ("training.epochs", 1, training.epochs),
      ("training.stepsPerEpoch", 1, training.stepsPerEpoch),
      ("training.validateEvery", 0, training.validateEvery),
      ("search.trials", 1, search.trials), ("search.nodes", 1, search.nodes),
      ("search.seconds", 0, Int(min(max(search.seconds, -1e9), 0).rounded(.down))),
      ("search.population", 3, search.population), ("search.sample", 1, search.sample),
      ("search.seeds", 1, search.seeds), ("search.fidelity.cases", 0, search.fidelity.cases),
      ("search.fidelity.validationCases", 1, search.fidelity.validationCases),
      ("search.fidelity.steps", 1, search.fidelity.steps),
      ("search.fidelity.baseChannels", 1, search.fidelity.baseChannels), ("threads", 0, threads),
    ]
    return limits.first { $0.2 < $0.1 }
  }
}
