import Foundation
import Testing

@testable import chiasm

struct PhantomCommandTests {
  @Test func aFolderThatHoldsSomethingIsLeftAlone() throws {
    try withFolder { folder in
      try Data().write(to: URL(fileURLWithPath: folder + "/notes.txt"))
      let (status, _, errors) = Recorder.run(["phantom", "--output", folder])
      #expect(status == .wrongUsage)
      #expect(
        errors
          == "error: --output \(folder): this folder is not empty. Choose another one, or remove it.\n"
      )
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["notes.txt"])
    }
  }

  @Test func anEmptyFolderIsFilled() throws {
    try withFolder { folder in
      let words = ["phantom", "--output", folder, "--cases", "1", "--size", "16", "--quiet"]
      #expect(Recorder.run(words).status == .done)
      let names = try FileManager.default.contentsOfDirectory(atPath: folder)
      #expect(names.sorted() == ["case_000", "dataset.json"])
    }
  }

  @Test(arguments: ["15", "513", "100000000000"])
  func sizesThatShowNothingOrFillTheMemoryAreRefused(size: String) {
    let (status, _, errors) = Recorder.run(["phantom", "--output", "/nowhere", "--size", size])
    #expect(status == .wrongUsage)
    #expect(
      errors == "error: --size takes a whole number from 16 to 512, not '\(size)'. See 'chiasm "
        + "phantom --help'.\n")
  }

  @Test func aFolderThatCannotBeMadeIsAFailureInTheSystemsWords() throws {
    try withFolder { folder in
      let file = folder + "/file"
      try Data().write(to: URL(fileURLWithPath: file))
      let (status, _, errors) = Recorder.run([
        "phantom", "--output", file + "/data", "--cases", "1", "--size", "16", "--quiet",
      ])
      #expect(status == .failed)
      #expect(
        errors == "error: \(file)/data/case_000 could not be written: Not a directory. Check the "
          + "folder, its permissions and the space on the disk.\n")
    }
  }
}
