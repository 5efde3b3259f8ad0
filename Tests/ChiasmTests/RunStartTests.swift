import Foundation
import Testing
import Training

@testable import chiasm

struct RunStartTests {
  private let record = RunRecord(
    command: "train", chiasm: "0", libtorch: "0", device: "cpu", threads: 1, seed: 1, dataset: "d",
    fold: 2, trainingCases: [], validationCases: [])

  @Test func aRunIsNotOverwritten() throws {
    try withFolder { folder in
      try RunStart.refuseToOverwrite(folder, marker: "log.jsonl", isResumed: false)
      try Data().write(to: URL(fileURLWithPath: folder + "/log.jsonl"))
      try RunStart.refuseToOverwrite(folder, marker: "log.jsonl", isResumed: true)
      #expect(
        throws: UsageError(
          "\(folder) holds a run already. Go on with --resume, or choose another --output.")
      ) { try RunStart.refuseToOverwrite(folder, marker: "log.jsonl", isResumed: false) }
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
