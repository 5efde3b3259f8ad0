import Foundation
import Imaging
import Search
import Testing

@testable import chiasm

/// Every search in `pipelines/` once, much smaller: it must run, not be good.
struct PipelineFilesTests {
  private static let files: [String] = {
    let names = try? FileManager.default.contentsOfDirectory(atPath: packageRoot + "/pipelines")
    return (names ?? []).filter { $0.hasPrefix("search-") && $0.hasSuffix(".json") }.sorted()
  }()

  @Test func everyStrategyAndScheduleHasOne() throws {
    let all = try Self.files.map { try Pipeline.read(packageRoot + "/pipelines/" + $0).search }
    #expect(Set(all.map(\.strategy)) == Set(StrategyName.allCases))
    #expect(Set(all.map(\.scheduler)) == Set(SchedulerName.allCases))
    #expect(Set(all.map(\.estimator)) == Set(EstimatorName.allCases))
    #expect(Set(all.map(\.supernet.paths)) == Set(SupernetOptions.Paths.allCases))
    #expect(Set(all.map(\.space)) == Set(SpaceName.allCases))
    #expect(all.contains { $0.stopsHopeless })
    #expect(all.contains { $0.proxy.proposals > 1 })
    #expect(all.contains { $0.inheritsWeights })
    #expect(all.contains { $0.objective == .latency })
    #expect(all.contains { $0.objective == .memory && $0.parameterLimit > 0 })
  }

  @Test(arguments: Self.files)
  func runs(file: String) throws {
    try withFolder { folder in
      try Phantom.writeDataset(to: folder + "/data", cases: 3, size: 20, seed: 4)
      var pipeline = try Pipeline.read(packageRoot + "/pipelines/" + file)
      pipeline.plan.patchSize = [16, 16, 16]
      pipeline.plan.levels = 3
      pipeline.plan.blocksPerLevel = 1
      pipeline.search.trials = 4
      pipeline.search.population = 3
      pipeline.search.baselines = false
      pipeline.search.supernet.steps = 6
      pipeline.search.supernet.stepsPerTrial = 2
      pipeline.search.supernet.skipShare = 1
      pipeline.search.fidelity.cases = 2
      pipeline.search.fidelity.validationCases = 1
      pipeline.search.fidelity.steps = 10
      pipeline.search.fidelity.baseChannels = 2
      try JSONEncoder().encode(pipeline).write(to: URL(fileURLWithPath: folder + "/p.json"))
      let (status, _, errors) = Recorder.run([
        "search", "--dataset", folder + "/data", "--pipeline", folder + "/p.json", "--output",
        folder + "/run", "--threads", "1", "--quiet",
      ])
      #expect(status == .done, "\(errors)")
      for name in ["best.json", "best.dot", "best.png", "progress.png", "front.png", "report.md"] {
        #expect(FileManager.default.fileExists(atPath: "\(folder)/run/\(name)"), "\(name)")
      }
      let lines = try String(contentsOfFile: folder + "/run/leaderboard.jsonl", encoding: .utf8)
      #expect(lines.split(separator: "\n").count == 4)
    }
  }
}
