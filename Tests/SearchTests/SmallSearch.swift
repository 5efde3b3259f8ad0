import Architecture
import Imaging
import TestSupport
import Training

@testable import Search

/// A search of seconds: small networks that are trained for a step or two on phantoms of 20³ voxels.
struct SmallSearch {
  var options = SearchOptions()
  var training = TrainingOptions()

  /// A search without baselines whose trials learn from one case and are measured on another.
  init(trials: Int) {
    options.trials = trials
    options.seeds = 1
    options.baselines = false
    options.fidelity.steps = 1
    options.fidelity.cases = 1
    options.fidelity.validationCases = 1
    options.fidelity.baseChannels = 2
  }

  func run(on data: String, in folder: String) throws -> SearchRun {
    var plan = PlanOptions()
    plan.patchVoxels = 12 * 12 * 12
    plan.levels = 3
    plan.blocksPerLevel = 1
    return SearchRun(
      dataset: try Dataset.load(data), folder: try RunFolder(creating: folder), options: options,
      planOptions: plan, trainingOptions: training)
  }

  /// Calls `body` with a temporary folder and that of a dataset inside it.
  static func withData(
    cases: Int = 3, _ body: (_ folder: String, _ data: String) throws -> Void
  ) throws {
    try withTemporaryFolder { folder in
      try Phantom.writeDataset(to: folder + "/data", cases: cases, size: 20, seed: 4)
      try body(folder, folder + "/data")
    }
  }

  /// The trials that a search has left in its folder.
  static func trials(in folder: String) throws -> [Trial<NetworkDesign>] {
    try Leaderboard<NetworkDesign>(path: folder + "/leaderboard.jsonl", keeping: true).trials
  }

  /// What each of them found, without the time that it took.
  static func outcomes(in folder: String) throws -> [[String]] {
    try trials(in: folder).map {
      ["\($0.number)", $0.genotype.description, "\($0.estimate?.dice ?? -1)"]
    }
  }
}
