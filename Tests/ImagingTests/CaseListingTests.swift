import TestSupport
import Testing

@testable import Imaging

struct CaseListingTests {
  @Test func aCaseIsWhateverHasAnImage() throws {
    try withTemporaryFolder { folder in
      for name in ["b/ct.nii", "b/labels.nii", "a/mri.nii", "a/ct.nii", "c/labels.nii"] {
        try SmallScans.write("", to: "\(folder)/\(name)")
      }
      func pattern(_ text: String) throws -> FilePattern {
        try FilePattern(text, key: "key", file: "file")
      }
      let listing = CaseListing(
        root: folder,
        images: ["ct": try pattern("{case}/ct.nii"), "mri": try pattern("{case}/mri.nii")],
        labels: try pattern("{case}/labels.nii"))
      let cases = try listing.cases()
      #expect(cases.map(\.name) == ["a", "b"])
      #expect(
        cases[0].images.mapValues(\.path) == [
          "ct": folder + "/a/ct.nii", "mri": folder + "/a/mri.nii",
        ])
      #expect(cases[0].labels == nil)
      #expect(cases[1].images.keys.sorted() == ["ct"])
      #expect(cases[1].labels?.path == folder + "/b/labels.nii")
    }
  }

  @Test func twoScansOfOneNameAreRefused() throws {
    try withTemporaryFolder { folder in
      for name in ["a/ct", "a.b/ct", "a/b.ct"] { try SmallScans.write("", to: "\(folder)/\(name)") }
      func pattern(_ text: String) throws -> FilePattern {
        try FilePattern(text, key: "key", file: "file")
      }
      let listing = CaseListing(
        root: folder, images: ["ct": try pattern("{case}/ct"), "b.ct": try pattern("{case}/b.ct")])
      #expect(
        throws: ImagingError.badDataset(
          path: folder,
          problem: "two scans would be called 'a.b.ct': those of the patients 'a' and 'a.b'",
          advice: "Rename a modality, so that no name ends like another's.")
      ) { try listing.scans() }
    }
  }
}
