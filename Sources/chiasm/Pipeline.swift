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
    if let limit = pipeline.limits.first(where: { !$0.isKept }) {
      throw .wrongKind(
        path: path, key: limit.key, expected: limit.expected, found: limit.found)
    }
    return pipeline
  }
}
