import Foundation
import TestSupport
import Testing
import Training

struct LineLogTests {
  private struct Line: Codable, Equatable { let number: Int }

  @Test func appendsAndReadsBack() throws {
    try withTemporaryFolder { folder in
      let log = LineLog<Line>(path: folder + "/log.jsonl")
      #expect(try log.records().isEmpty)
      try log.append(Line(number: 1))
      try log.append(Line(number: 2))
      #expect(try log.records() == [Line(number: 1), Line(number: 2)])
    }
  }

  @Test func forgetsALineThatACrashCutOff() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/log.jsonl"
      try Data("{\"number\":1}\n{\"num".utf8).write(to: URL(fileURLWithPath: path))
      #expect(try LineLog<Line>(path: path).records() == [Line(number: 1)])
    }
  }

  @Test func refusesABrokenLineInTheMiddle() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/log.jsonl"
      try Data("{\"num\n{\"number\":2}\n".utf8).write(to: URL(fileURLWithPath: path))
      let error = #expect(throws: TrainingError.self) { try LineLog<Line>(path: path).records() }
      #expect(
        error?.description == """
          \(path): this is not a run that can be used.
            expected: one JSON record per line
            found:    line 1 is not one
          Start a new run in another folder, or restore the file.
          """)
    }
  }
}
