import Imaging
import TestSupport
import Testing

@Suite struct DecathlonDatasetTests {
  static let description = """
    {
      "name": "BRATS", "tensorImageSize": "4D", "licence": "CC-BY-SA 4.0",
      "modality": { "0": "FLAIR", "1": "T1w" },
      "labels": { "0": "background", "1": "edema", "2": "tumour" },
      "training": [
        { "image": "./imagesTr/BRATS_002.nii.gz", "label": "./labelsTr/BRATS_002.nii.gz" },
        { "image": "./imagesTr/BRATS_001.nii.gz", "label": "./labelsTr/BRATS_001.nii.gz" } ],
      "test": ["./imagesTs/BRATS_009.nii.gz"]
    }
    """

  static func load(_ description: String = description) throws -> Dataset {
    try withTemporaryFolder { folder in
      for file in [
        "imagesTr/BRATS_001", "imagesTr/BRATS_002", "labelsTr/BRATS_001", "labelsTr/BRATS_002",
        "imagesTs/BRATS_009",
      ] {
        try SmallScans.write("", to: "\(folder)/\(file).nii.gz")
      }
      try SmallScans.write(description, to: "\(folder)/dataset.json")
      return try Dataset.load(folder)
    }
  }

  @Test func theFramesOfAFileAreTheModalities() throws {
    let dataset = try Self.load()
    #expect(dataset.name == "BRATS")
    #expect(dataset.licence == "CC-BY-SA 4.0")
    #expect(dataset.reference == "flair")
    #expect(dataset.modalities.map(\.name) == ["flair", "t1w"])
    #expect(dataset.labels == [Label(name: "edema", value: 1), Label(name: "tumour", value: 2)])
    #expect(dataset.cases.map(\.name) == ["BRATS_001", "BRATS_002", "BRATS_009"])
    let images = dataset.cases[0].images
    #expect(images["flair"]?.frame == 0)
    #expect(images["t1w"]?.frame == 1)
    #expect(images["flair"]?.path == images["t1w"]?.path)
    #expect(dataset.testCases == ["BRATS_009"])
    #expect(dataset.labelledCases.count == 2)
  }

  @Test func aSingleModalityIsReadWithoutAFrame() throws {
    let dataset = try Self.load(Self.description.replacing(", \"1\": \"T1w\"", with: ""))
    #expect(dataset.cases[0].images == ["flair": try #require(dataset.cases[0].images["flair"])])
    #expect(dataset.cases[0].images["flair"]?.frame == nil)
  }

  @Test(arguments: [
    (
      "./imagesTr/BRATS_002.nii.gz", "./imagesTs/BRATS_001.nii",
      "\"training\" must be images whose file names all differ, found \"BRATS_001 twice\"."
    ),
    (
      "./imagesTs/BRATS_009.nii.gz", "./imagesTr/BRATS_001.nii.gz",
      "\"test\" must be images whose file names all differ, found \"BRATS_001 twice\"."
    ),
    (
      "\"2\": \"tumour\"", "\"01\": \"tumour\"",
      "\"labels: edema\" must be a number that no other label has, found \"1, as tumour\"."
    ),
    (
      "\"2\": \"tumour\"", "\"2\": \"edema\"",
      "\"labels: 2\" must be a name that no other label has, found \"edema, as 1\"."
    ),
    (
      "\"1\": \"edema\"", "\"x\": \"edema\"",
      "\"labels\" must be like {\"0\": \"background\", \"1\": \"liver\"}, at most 65535, found "
        + "\"x: \"edema\"\"."
    ),
    (
      "\"1\": \"T1w\"", "\"2\": \"T1w\"",
      "\"modality\" must be like {\"0\": \"FLAIR\", \"1\": \"T1w\"}, counted from 0, found \"0, 2\"."
    ),
    (
      "{ \"image\": \"./imagesTr/BRATS_001.nii.gz\", \"label\"", "{ \"image\": 3, \"label\"",
      "\"training\" must be a list of {\"image\": …, \"label\": …}, found an object."
    ),
    (
      "[\"./imagesTs/BRATS_009.nii.gz\"]", "[7]",
      "\"test\" must be a list of file names, found 7."
    ),
  ])
  func mistakesAreExplained(right: String, wrong: String, explanation: String) {
    #expect {
      try Self.load(Self.description.replacing(right, with: wrong))
    } throws: {
      "\($0)".hasSuffix(
        "dataset.json does not describe a dataset: \(explanation) Correct the value.")
    }
  }

  @Test func pathsThatLeaveTheFolderAreRefused() {
    let description = Self.description.replacing(
      "./imagesTs/BRATS_009", with: "../elsewhere/BRATS_009")
    #expect {
      try Self.load(description)
    } throws: {
      "\($0)".hasSuffix(
        "dataset.json does not describe a dataset: \"training\" must be paths below the folder of "
          + "the description, found \"../elsewhere/BRATS_009.nii.gz\". Correct the value.")
    }
  }
}
