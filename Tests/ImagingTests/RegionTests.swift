import Foundation
import Imaging
import TestSupport
import Testing

struct RegionTests {
  @Test func keysAreThoseOfNNUNet() {
    #expect(Region(Label(name: "core", value: 2)).key == "2")
    #expect(Region(name: "whole", values: [3, 1, 3]).key == "(1, 3)")
  }

  /// A dataset of one scan whose `regions` are `text`.
  private func regions(_ text: String) throws -> Result<[Region], ImagingError> {
    try withTemporaryFolder { folder in
      let grid = Geometry(size: .one, spacing: .one)
      try NIfTI.write(LabelMap(geometry: grid, filledWith: 0), to: folder + "/a_ct.nii.gz")
      let description = """
        {"modalities": {"ct": {"kind": "ct", "file": "{case}_ct.nii.gz"}},
         "labelFile": "{case}_mask.nii.gz", "labels": {"background": 0, "core": 1, "rim": 3},
         "regions": \(text)}
        """
      try description.write(
        toFile: folder + "/dataset.json", atomically: true, encoding: .utf8)
      return Result { () throws(ImagingError) in try Dataset.load(folder).regions }
    }
  }

  @Test func areReadInTheFilesOrderByNameOrNumber() throws {
    let read = try regions(#"{"whole": ["core", "rim"], "inner": [1]}"#).get()
    #expect(
      read == [Region(name: "whole", values: [1, 3]), Region(name: "inner", values: [1])])
  }

  @Test(arguments: [
    (
      #"{"whole": ["edge"]}"#,
      #""regions: whole" must be made of the labels core, rim, found "edge". Correct the value."#
    ),
    (
      #"{"whole": [2]}"#,
      #""regions: whole" must be made of the labels core, rim, found 2. Correct the value."#
    ),
    (
      #"{"whole": []}"#,
      #""regions: whole" must be a list of labels, such as ["core"], found a list. Correct the value."#
    ),
    (
      "[1, 2]",
      #""regions" must be an object { … }, found a list. Correct the value."#
    ),
  ])
  func othersAreRefused(text: String, message: String) throws {
    guard case .failure(let error) = try regions(text) else {
      Issue.record("\(text) was read")
      return
    }
    #expect(error.description.hasSuffix("does not describe a dataset: \(message)"))
  }
}
