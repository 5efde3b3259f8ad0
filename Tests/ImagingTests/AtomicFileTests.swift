import Foundation
import Imaging
import Testing

struct AtomicFileTests {
  let folder: ScratchFolder

  init() throws {
    folder = try ScratchFolder()
  }

  @Test func whatIsWrittenIsThereAndNothingElse() throws {
    try AtomicFile.write(Data([1, 2, 3]), to: folder["a.bin"])
    try AtomicFile.write(Data([4]), to: folder["a.bin"])
    #expect(try Data(contentsOf: URL(fileURLWithPath: folder["a.bin"])) == Data([4]))
    #expect(try folder.names() == ["a.bin"])
  }

  @Test func aFailureLeavesTheOldFile() throws {
    let path = try folder.store([1, 2, 3], as: "a.bin")
    let failure = ImagingError.writeFailed(path: path, reason: "made up")
    let thrown = imagingError {
      try AtomicFile.replace(path) { temporary throws(ImagingError) in
        try AtomicFile.write(Data([9]), to: temporary)
        throw failure
      }
    }
    #expect(thrown == failure)
    #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == Data([1, 2, 3]))
    #expect(try folder.names() == ["a.bin"])
  }

  @Test func theTemporaryNameIsInTheFolderAndKeepsTheExtension() throws {
    var seen = ""
    try AtomicFile.replace(folder["scan.nii.gz"]) { temporary throws(ImagingError) in
      seen = temporary
      try AtomicFile.write(Data(), to: temporary)
    }
    #expect(seen.hasPrefix(folder.path + "/.chiasm-"))
    #expect(seen.hasSuffix("scan.nii.gz"))
  }

  @Test func aNameMayBeAsLongAsTheSystemAllows() throws {
    let name = String(repeating: "x", count: 251) + ".bin"
    try AtomicFile.write(Data([1]), to: folder[name])
    #expect(try folder.names() == [name])
  }

  @Test func aMissingFolderIsAnError() {
    let path = folder["none/a.bin"]
    #expect(
      imagingError { try AtomicFile.write(Data(), to: path) }
        == .writeFailed(path: path, reason: "No such file or directory"))
  }

  @Test func aFolderIsNotReplacedByAFile() throws {
    try FileManager.default.createDirectory(
      atPath: folder["inner"], withIntermediateDirectories: false)
    #expect(
      imagingError { try AtomicFile.write(Data(), to: folder["inner"]) }
        == .writeFailed(path: folder["inner"], reason: "Is a directory"))
    #expect(try folder.names() == ["inner"])
  }

  @Test func writingNothingIsAnError() {
    let path = folder["a.bin"]
    #expect(
      imagingError { try AtomicFile.replace(path) { _ in } }
        == .writeFailed(path: path, reason: "No such file or directory"))
  }
}
