import Imaging
import TestSupport
import Testing

@Suite struct NNUNetDatasetTests {
  static let description = """
    {
      "channel_names": { "1": "T2 (FLAIR)", "0": "CT", "2": "TRUS", "3": "PET", "4": "CT" },
      "labels": { "background": 0, "organ": 1, "tumour": 5 },
      "numTraining": 2, "file_ending": ".nii.gz", "overwrite_image_reader_writer": "none"
    }
    """

  static func withDataset(
    _ description: String = description, _ body: (String) throws -> Void
  ) throws {
    try withTemporaryFolder { folder in
      for file in [
        "imagesTr/a_1_0000", "imagesTr/a_1_0001", "imagesTr/b_0000", "labelsTr/a_1",
        "labelsTr/b", "imagesTs/z_0000",
      ] {
        try SmallScans.write("", to: "\(folder)/\(file).nii.gz")
      }
      try SmallScans.write(description, to: "\(folder)/dataset.json")
      try body(folder)
    }
  }

  @Test func channelsBecomeModalitiesAndTheFirstIsTheReference() throws {
    try Self.withDataset { folder in
      let dataset = try Dataset.load(folder)
      #expect(
        dataset.modalities == [
          Modality(name: "ct", kind: .ct), Modality(name: "t2-flair", kind: .mri),
          Modality(name: "trus", kind: .ultrasound), Modality(name: "pet", kind: .pet),
          Modality(name: "ct-4", kind: .ct),
        ])
      #expect(dataset.reference == "ct")
      #expect(
        dataset.labels == [Label(name: "organ", value: 1), Label(name: "tumour", value: 5)])
    }
  }

  @Test func filesAreFoundByTheirNumbers() throws {
    try Self.withDataset { folder in
      let dataset = try Dataset.load(folder)
      #expect(dataset.cases.map(\.name) == ["a_1", "b", "z"])
      #expect(Set(dataset.cases[0].images.keys) == ["ct", "t2-flair"])
      #expect(dataset.cases[0].images["t2-flair"]?.path.hasSuffix("a_1_0001.nii.gz") == true)
      #expect(dataset.cases[0].labels?.path.hasSuffix("labelsTr/a_1.nii.gz") == true)
      #expect(dataset.testCases == ["z"])
      #expect(dataset.labelledCases.map(\.name) == ["a_1", "b"])
    }
  }

  @Test(arguments: [
    (
      "\"tumour\": 5", "\"tumour\": [1, 5]",
      "\"labels: tumour\" must be one number (regions, which are several labels under one name, "
        + "are not read), found a list. Correct the value."
    ),
    (
      "\"tumour\": 5", "\"ignore\": 5",
      "\"labels: ignore\" must be absent (voxels that are to be ignored are not supported), found "
        + "5. Correct the value."
    ),
    (
      "\"file_ending\"", "\"file-ending\"", "the key \"file_ending\" is missing at the top. Add it."
    ),
    (
      "\"0\": \"CT\"", "\"zero\": \"CT\"",
      "\"channel_names\" must be like {\"0\": \"CT\", \"1\": \"T1\"}, found \"zero: \"CT\"\". "
        + "Correct the value."
    ),
    (
      "\"1\": \"T2 (FLAIR)\"", "\"00\": \"T2 (FLAIR)\"",
      "\"channel_names\" must be numbers that differ, found \"0 twice\". Correct the value."
    ),
  ])
  func whatIsNotSupportedIsSaid(right: String, wrong: String, explanation: String) throws {
    let description = Self.description.replacing(right, with: wrong)
    try Self.withDataset(description) { folder in
      #expect {
        try Dataset.load(folder)
      } throws: {
        "\($0)" == "\(folder)/dataset.json does not describe a dataset: \(explanation)"
      }
    }
  }
}
