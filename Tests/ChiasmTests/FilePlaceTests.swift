import Foundation
import Testing

@testable import chiasm

struct FilePlaceTests {
  private func refusal(_ output: String, _ inputs: String...) -> String? {
    do {
      try FilePlace.refuse(output, of: "--output", replacing: inputs)
      return nil
    } catch {
      return error.description
    }
  }

  @Test func aResultMayNotReplaceWhatItIsMadeOf() throws {
    try withFolder { folder in
      let (scan, link) = (folder + "/scan.nii", folder + "/link.nii")
      try Data("scan".utf8).write(to: URL(fileURLWithPath: scan))
      try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: scan)
      try FileManager.default.createSymbolicLink(
        atPath: folder + "/here", withDestinationPath: folder)
      #expect(refusal(folder + "/other.nii", scan, link) == nil)
      #expect(
        refusal(folder + "/./scan.nii", folder + "/first.nii", scan)
          == "--output \(folder)/./scan.nii: the result would replace \(scan), which it is made of. "
          + "Choose another name.")
      // Replacing the link leaves the scan alone, but whoever reads the link loses it.
      #expect(refusal(link, link) != nil)
      #expect(refusal(scan, link) != nil)
      #expect(refusal(folder + "/here/scan.nii", scan) != nil)
      #expect(refusal(link, scan) == nil)
    }
  }
}
