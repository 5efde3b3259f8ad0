import Foundation
import Testing
import Training

@testable import chiasm

struct RunStartTests {
  private let record = RunRecord(
    command: "train", chiasm: "0", libtorch: "0", device: "cpu", threads: 1, seed: 1, dataset: "d",
    fold: 2, trainingCases: [], validationCases: [])

  @Test func aRunIsNotOverwritten() throws {
    try withFolder { path in
      try RunStart.check(path, isResumed: false)
      try RunFolder(creating: path).write(record, to: "run.json")
      try RunStart.check(path, isResumed: true)
      #expect(
        throws: UsageError(
          "\(path) holds a run already. Go on with --resume, or choose another --output.")
      ) { try RunStart.check(path, isResumed: false) }
    }
  }

  @Test func nothingIsResumedWhereNothingWasStarted() throws {
    try withFolder { path in
      #expect(
        throws: UsageError("\(path) holds no run to resume. Start it without --resume.")
      ) { try RunStart.check(path, isResumed: true) }
    }
  }

  @Test func otherSettingsAreRefusedButMoreTrialsAreNot() throws {
    try withFolder { path in
      let folder = try RunFolder(creating: path)
      var settings = Pipeline()
      try folder.write(settings, to: "pipeline.json")
      settings.search.trials += 5
      try RunStart.check(settings, against: folder, growing: \.search.trials)
      #expect(throws: UsageError.self) { try RunStart.check(settings, against: folder) }
      settings.plan.batchSize += 1
      #expect(
        throws: UsageError(
          "the settings are not those of the run in \(path). Leave --pipeline and the like out to "
            + "go on with its own, or choose another --output.")
      ) { try RunStart.check(settings, against: folder, growing: \.search.trials) }
    }
  }

  @Test func aSearchThatHasSeenTheHeldOutCasesIsNamed() throws {
    try withFolder { path in
      let search = RunRecord(
        command: "search", chiasm: "0", libtorch: "0", device: "cpu", threads: 1, seed: 1,
        dataset: "d", fold: nil, trainingCases: ["a", "b", "c"], validationCases: [])
      try RunFolder(creating: path).write(search, to: "run.json")
      let genotype = path + "/best.json"
      #expect(try RunStart.warning(aboutGenotype: genotype, heldOut: ["d"]) == nil)
      #expect(
        try RunStart.warning(aboutGenotype: genotype, heldOut: ["c", "b", "d"])
          == "the search in \(path) has looked at b, c, which this run holds out; search with the "
          + "same --fold to keep them unseen.")
    }
  }

  @Test func aResumedRunKeepsItsSettings() throws {
    try withFolder { folder in
      #expect(RunStart.pipeline(nil, of: folder, isResumed: true) == nil)
      try Data("{}".utf8).write(to: URL(fileURLWithPath: folder + "/pipeline.json"))
      #expect(RunStart.pipeline(nil, of: folder, isResumed: true) == folder + "/pipeline.json")
      #expect(RunStart.pipeline("p.json", of: folder, isResumed: true) == "p.json")
      #expect(RunStart.pipeline(nil, of: folder, isResumed: false) == nil)
    }
  }

  @Test func aResumedRunKeepsItsFold() throws {
    try withFolder { path in
      let folder = try RunFolder(creating: path)
      #expect(try RunStart.fold(1, of: folder, isResumed: true) == 1)
      try folder.write(record, to: "run.json")
      #expect(try RunStart.fold(nil, of: folder, isResumed: true) == 2)
      #expect(try RunStart.fold(2, of: folder, isResumed: true) == 2)
      #expect(try RunStart.fold(1, of: folder, isResumed: false) == 1)
      #expect(throws: UsageError("--fold: the run in \(path) holds out fold 2.")) {
        try RunStart.fold(0, of: folder, isResumed: true)
      }
    }
  }
}
