import Foundation
import Imaging
import Testing

struct FolderTests {
  let folder: ScratchFolder

  init() throws {
    folder = try ScratchFolder()
  }

  @Test func namesAreSorted() throws {
    for name in ["b", "a", ".c"] { _ = try folder.store([], as: name) }
    #expect(try Folder.names(in: folder.path) == [".c", "a", "b"])
  }

  @Test func whatCannotBeListedSaysWhyInTheSystemsWords() throws {
    let file = try folder.store([], as: "file")
    #expect(
      imagingError { try Folder.names(in: file) }
        == .unreadable(path: file, reason: "Not a directory"))
    #expect(
      imagingError { try Folder.names(in: folder["none"]) } == .missingFile(path: folder["none"]))
  }

  @Test func aFolderIsMadeWithThoseAboveIt() throws {
    try Folder.create(folder["a/b"])
    try Folder.create(folder["a/b"])
    #expect(try Folder.names(in: folder["a"]) == ["b"])
  }

  @Test func whatCannotBeMadeSaysWhyInTheSystemsWords() throws {
    let file = try folder.store([], as: "file")
    #expect(
      imagingError { try Folder.create(file + "/a") }
        == .writeFailed(path: file + "/a", reason: "Not a directory"))
    #expect(
      imagingError { try Folder.create(file) } == .writeFailed(path: file, reason: "File exists"))
  }

  @Test func theReasonOfAnErrorIsTheSystems() {
    #expect(ImagingError.reason(of: POSIXError(.ENOSPC)) == "No space left on device")
    let readOnly = CocoaError(.fileWriteVolumeReadOnly)
    #expect(ImagingError.reason(of: readOnly) == "Read-only file system")
    let error = #expect(throws: (any Error).self) {
      try Data(contentsOf: URL(fileURLWithPath: folder.path))
    }
    #expect(error.map(ImagingError.reason(of:)) == "Is a directory")
  }
}
