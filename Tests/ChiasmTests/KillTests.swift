import Foundation
import Imaging
import Testing

/// Runs of the real program that are killed in the middle and resumed.
struct KillTests {
  private static let pipeline = """
    {
      "plan": { "patchSize": [16, 16, 16], "levels": 3, "baseChannels": 4, "blocksPerLevel": 1 },
      "training": { "epochs": 12, "stepsPerEpoch": 3 },
      "search": {
        "trials": 6, "seeds": 1, "baselines": false,
        "fidelity": { "cases": 2, "validationCases": 1, "steps": 3, "baseChannels": 4 },
      },
    }
    """

  /// The program that the package builds, beside the tests.
  static func program() throws -> URL {
    let tests = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    return URL(fileURLWithPath: tests).deletingLastPathComponent()
      .appendingPathComponent("chiasm")
  }

  /// Starts the program; its output is thrown away.
  private func start(_ words: [String]) throws -> Process {
    let process = Process()
    process.executableURL = try Self.program()
    process.arguments = words + ["--threads", "1", "--quiet"]
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    process.standardInput = FileHandle.nullDevice
    try process.run()
    return process
  }

  private func finish(_ words: [String]) throws -> Int32 {
    let process = try start(words)
    process.waitUntilExit()
    return process.terminationStatus
  }

  /// Kills the program as soon as `file` holds `lines` lines.
  private func kill(_ words: [String], whenFile file: String, holds lines: Int) throws {
    let process = try start(words)
    while process.isRunning {
      let text = FileManager.default.contents(atPath: file) ?? Data()
      if text.filter({ $0 == 0x0A }).count >= lines { break }
      Thread.sleep(forTimeInterval: 0.002)
    }
    Foundation.kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
    #expect(process.terminationReason == .uncaughtSignal, "the program ended before it was killed")
  }

  /// A folder with five small phantoms and the pipeline.
  private func withData(_ body: (_ folder: String, _ common: [String]) throws -> Void) throws {
    try withFolder { folder in
      try Phantom.writeDataset(to: folder + "/data", cases: 5, size: 20, seed: 4)
      try Data(Self.pipeline.utf8).write(to: URL(fileURLWithPath: folder + "/p.json"))
      try body(
        folder, ["--dataset", folder + "/data", "--pipeline", folder + "/p.json", "--fold", "0"])
    }
  }

  @Test func aTrainingThatIsKilledResumesToTheSameWeights() throws {
    try withData { folder, common in
      let whole = folder + "/whole"
      let killed = folder + "/killed"
      #expect(try finish(["train", "--output", whole] + common) == 0)
      try kill(["train", "--output", killed] + common, whenFile: killed + "/log.jsonl", holds: 3)
      #expect(!FileManager.default.fileExists(atPath: killed + "/weights.safetensors"))
      #expect(try finish(["train", "--output", killed, "--resume"] + common) == 0)
      for name in ["weights.safetensors", "log.jsonl", "plan.json", "run.json", "progress.png"] {
        let same = FileManager.default.contentsEqual(
          atPath: "\(whole)/\(name)", andPath: "\(killed)/\(name)")
        #expect(same, "\(name)")
      }
    }
  }

  @Test func aSearchThatIsKilledResumesToTheSameTrials() throws {
    try withData { folder, common in
      let whole = folder + "/whole"
      let killed = folder + "/killed"
      #expect(try finish(["search", "--output", whole] + common) == 0)
      try kill(
        ["search", "--output", killed] + common, whenFile: killed + "/leaderboard.jsonl", holds: 2)
      // The best so far is there at any time, the report at the end.
      #expect(FileManager.default.fileExists(atPath: killed + "/best.json"))
      #expect(!FileManager.default.fileExists(atPath: killed + "/report.json"))
      #expect(try finish(["search", "--output", killed, "--resume"] + common) == 0)
      #expect(try outcomes(killed) == outcomes(whole))
      #expect(
        FileManager.default.contentsEqual(
          atPath: whole + "/best.json", andPath: killed + "/best.json"))
    }
  }

  /// Searches in which something is trained before or between the trials.
  @Test(arguments: [
    #""estimator": "sharedWeights", "supernet": { "steps": 4 }, "strategy": "evolution", "#,
    #""estimator": "sharedWeights", "strategy": "reinforce","#
      + #""supernet": { "paths": "proposed", "stepsPerTrial": 2 }, "#,
    #""strategy": "darts", "supernet": { "stepsPerTrial": 2, "skipShare": 1 }, "#,
  ])
  func aSearchWithASupernetThatIsKilledResumesToTheSameTrials(settings: String) throws {
    try withData { folder, common in
      let text = Self.pipeline.replacing("\"search\": {", with: "\"search\": { " + settings)
      try Data(text.utf8).write(to: URL(fileURLWithPath: folder + "/p.json"))
      let (whole, killed) = (folder + "/whole", folder + "/killed")
      #expect(try finish(["search", "--output", whole] + common) == 0)
      try kill(
        ["search", "--output", killed] + common, whenFile: killed + "/leaderboard.jsonl", holds: 2)
      #expect(try finish(["search", "--output", killed, "--resume"] + common) == 0)
      #expect(try outcomes(killed) == outcomes(whole))
      #expect(try outcomes(whole).count == 6)
    }
  }

  @Test func aSearchWithWorkersThatIsKilledResumesToTheSameTrials() throws {
    try withData { folder, common in
      let words = common + ["--workers", "2"]
      let (whole, killed) = (folder + "/whole", folder + "/killed")
      #expect(try finish(["search", "--output", whole] + words) == 0)
      try kill(
        ["search", "--output", killed] + words, whenFile: killed + "/leaderboard.jsonl", holds: 2)
      #expect(try finish(["search", "--output", killed, "--resume"] + words) == 0)
      #expect(try outcomes(killed) == outcomes(whole))
      // The third trial was proposed when only the first was known.
      #expect(try outcomes(whole)[2].contains(#""knowing":1"#))
    }
  }

  /// The leaderboard without the seconds that its trials took.
  private func outcomes(_ run: String) throws -> [String] {
    let text = try String(contentsOfFile: run + "/leaderboard.jsonl", encoding: .utf8)
    return text.split(separator: "\n").map {
      String($0).replacing(/"(seconds|preparing)":[0-9.e+-]+/, with: "")
    }
  }
}
