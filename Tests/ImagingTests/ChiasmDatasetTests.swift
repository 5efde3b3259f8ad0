import Foundation
import Imaging
import TestSupport
import Testing

@Suite struct ChiasmDatasetTests {
  static let minimal = """
    // A comment, and trailing commas, are allowed.
    {
      name: 'Two', root: "..", reference: "t1",
      modalities: {
        "t1": {kind: "mri", file: "{case}/scans/{case}_t1.nii.gz"},
        "ct": {kind: "ct", file: "{case}/scans/ct.nii.gz"},
      },
      labelFile: "{case}/truth.nii.gz",
      labels: {background: 0, far: 65535, near: 7},
      licence: "CC0", split: {test: ["p2"], folds: [["p1"]]},
    }
    """

  /// Three patients beside the description; only the first has a CT.
  static func withPatients(
    description: String = minimal, _ body: (_ folder: String, _ file: String) throws -> Void
  ) throws {
    try withTemporaryFolder { folder in
      for path in [
        "p1/scans/p1_t1", "p1/scans/ct", "p1/truth", "p2/scans/p2_t1", "p2/truth",
        "p3/scans/p3_t1", "p3/truth",
      ] {
        try SmallScans.write("", to: "\(folder)/\(path).nii.gz")
      }
      try SmallScans.write("", to: "\(folder)/.hidden/scans/.hidden_t1.nii.gz")
      try SmallScans.write("", to: "\(folder)/notes.txt")
      let file = "\(folder)/description/two.json"
      try SmallScans.write(description, to: file)
      try body(folder, file)
    }
  }

  @Test func everyKeyIsUnderstood() throws {
    try Self.withPatients { folder, file in
      let dataset = try Dataset.load(file)
      let root = URL(fileURLWithPath: folder).standardizedFileURL.path
      #expect(dataset.name == "Two")
      #expect(dataset.root == root)
      #expect(dataset.reference == "t1")
      #expect(
        dataset.modalities == [Modality(name: "t1", kind: .mri), Modality(name: "ct", kind: .ct)])
      #expect(
        dataset.labels == [Label(name: "near", value: 7), Label(name: "far", value: 65535)])
      #expect(dataset.licence == "CC0")
      #expect(dataset.testCases == ["p2"])
      #expect(dataset.folds() == [Fold(training: ["p3"], validation: ["p1"])])
      #expect(dataset.cases.map(\.name) == ["p1", "p2", "p3"])
      #expect(
        dataset.cases[0].images == [
          "t1": FileReference(path: "\(root)/p1/scans/p1_t1.nii.gz"),
          "ct": FileReference(path: "\(root)/p1/scans/ct.nii.gz"),
        ])
      #expect(dataset.cases[0].labels == FileReference(path: "\(root)/p1/truth.nii.gz"))
      #expect(Set(dataset.cases[1].images.keys) == ["t1"])
    }
  }

  @Test(arguments: [
    (
      "licence:", "license:",
      "unknown key \"license\" at the top. Known keys are name, root, aligned, reference, modalities, "
        + "labelFile, labelFrame, labels, regions, licence, orthonormalize, split."
    ),
    (
      "{kind: \"ct\",", "{type: \"ct\",",
      "unknown key \"type\" in modality \"ct\". Known keys are kind, file."
    ),
    (
      "licence: \"CC0\"", "orthonormalize: \"yes\"",
      "\"orthonormalize\" must be true or false, found \"yes\". Correct the value."
    ),
    ("kind: \"ct\", ", "", "the key \"kind\" is missing in modality \"ct\". Add it."),
    (
      "kind: \"ct\"", "kind: \"xray\"",
      "\"kind in modality \"ct\"\" must be one of ct, mri, ultrasound, pet, found \"xray\". "
        + "Correct the value."
    ),
    (
      "reference: \"t1\"", "reference: \"t2\"",
      "\"reference\" must be one of t1, ct, found \"t2\". Correct the value."
    ),
    (
      "near: 7", "near: 65536",
      "\"labels: near\" must be a whole number from 1 to 65535 (0 is background), found 65536. "
        + "Correct the value."
    ),
    (
      "near: 7", "near: 65535",
      "\"labels: near\" must be a number that no other label has, found \"65535, as far\". "
        + "Correct the value."
    ),
    (
      "\"{case}/truth", "\"/etc/{case}",
      "the pattern \"/etc/{case}.nii.gz\" of \"labelFile\" is absolute. Write it relative to "
        + "\"root\", like {case}/ct.nii.gz."
    ),
    (
      "\"{case}/truth", "\"{case}/../../truth",
      "the pattern \"{case}/../../truth.nii.gz\" of \"labelFile\" contains \"..\". Write it "
        + "relative to \"root\", like {case}/ct.nii.gz."
    ),
    (
      "\"{case}/truth", "\"truth",
      "the pattern \"truth.nii.gz\" of \"labelFile\" does not contain {case}. Write it relative "
        + "to \"root\", like {case}/ct.nii.gz."
    ),
    (
      "\"{case}/truth", "\"{case}//truth",
      "the pattern \"{case}//truth.nii.gz\" of \"labelFile\" has an empty path component. Write "
        + "it relative to \"root\", like {case}/ct.nii.gz."
    ),
    (
      "test: [\"p2\"]", "test: [\"p9\"]",
      "\"split\" names the case \"p9\", which has no files. Correct the name, or remove it."
    ),
    (
      "test: [\"p2\"]", "test: [\"p1\"]",
      "\"split\" must be test cases that are in no fold, found \"p1\". Correct the value."
    ),
    (
      "[[\"p1\"]]", "[[\"p1\"], [\"p3\", \"p1\"]]",
      "\"split: folds: 1\" must be cases that stand in no other place, found \"p1\". Correct the "
        + "value."
    ),
    (
      "[[\"p1\"]]", "[[\"p1\"], []]",
      "\"split: folds: 1\" must be at least one case, found \"[]\". Correct the value."
    ),
    (
      "[[\"p1\"]]", "[[\"p3\", \"p1\"]]",
      "\"split: folds: 0\" must be a part of the labelled cases, so that others are left to learn "
        + "from, found \"all 2\". Correct the value."
    ),
    (
      "folds: [[\"p1\"]]", "folds: \"p1\"",
      "\"split: folds\" must be a list of lists of case names, found \"p1\". Correct the value."
    ),
    (
      "[[\"p1\"]]", "[[\"p1\", 3]]",
      "\"split: folds\" must be a list of case names, found 3. Correct the value."
    ),
    (
      "\"t1\": {kind", "\"../t1\": {kind",
      "\"modalities\" must be names of letters, digits, \"-\", \"_\" and \".\", found \"../t1\". "
        + "Correct the value."
    ),
    (
      "{kind: \"ct\", file: \"{case}/scans/ct.nii.gz\"}", "[]",
      "\"ct\" must be { \"kind\": …, \"file\": … }, found a list. Correct the value."
    ),
    (
      "name: 'Two'", "name: {}", "\"name\" must be a text, found an object. Correct the value."
    ),
    (
      "licence: \"CC0\"", "labelFrame: -1",
      "\"labelFrame\" must be the number of a volume of the label files, from 0, found -1. Correct the "
        + "value."
    ),
    (
      "near: 7", "near: 1e999",
      "it cannot be read as JSON (it is not JSON, or a number in it is not of the kind that is needed "
        + "there). Correct the file; comments and trailing commas are allowed."
    ),
  ])
  func mistakesAreExplained(right: String, wrong: String, explanation: String) throws {
    let description = Self.minimal.replacingOccurrences(of: right, with: wrong)
    try #require(description != Self.minimal)
    try Self.withPatients(description: description) { _, file in
      #expect {
        try Dataset.load(file)
      } throws: {
        "\($0)" == "\(file) does not describe a dataset: \(explanation)"
      }
    }
  }

  @Test func aMaskHoldsAtMost255Structures() throws {
    for count in [255, 256] {
      let labels = (1...count).map { "s\($0): \($0)" }.joined(separator: ", ")
      let description = Self.minimal.replacing("far: 65535, near: 7", with: labels)
      try Self.withPatients(description: description) { _, file in
        let error = imagingError { try Dataset.load(file) }
        let message =
          "\(file) does not describe a dataset: \"labels\" must be at most 255 structures, found "
          + "256. Correct the value."
        #expect(error?.description == (count > 255 ? message : nil))
      }
    }
  }

  @Test func whatAKilledProgramLeftBehindIsNoCase() throws {
    let description = Self.minimal.replacing(
      "{case}/scans/{case}_t1.nii.gz", with: "flat/{case}_t1.nii.gz")
    try Self.withPatients(description: description) { folder, file in
      for name in ["p2", "p3"] { try SmallScans.write("", to: "\(folder)/flat/\(name)_t1.nii.gz") }
      try SmallScans.write("", to: "\(folder)/flat/.chiasm-0A1B2C3D-p4_t1.nii.gz")
      #expect(try Dataset.load(file).cases.map(\.name) == ["p1", "p2", "p3"])
    }
  }

  @Test func aRootThatIsAbsentIsNamed() throws {
    let description = Self.minimal.replacingOccurrences(of: "\"..\"", with: "\"../gone\"")
    try Self.withPatients(description: description) { folder, file in
      let root = URL(fileURLWithPath: folder).standardizedFileURL.path
      #expect {
        try Dataset.load(file)
      } throws: {
        "\($0)" == "\(file) does not describe a dataset: \"root\" must be a folder that exists, "
          + "found \"../gone\", which is \(root)/gone. Correct the value."
      }
    }
  }

  @Test func patternsThatMatchNothingAreNamed() throws {
    let description = Self.minimal.replacingOccurrences(of: "/scans/", with: "/images/")
    try Self.withPatients(description: description) { folder, file in
      let root = URL(fileURLWithPath: folder).standardizedFileURL.path
      #expect {
        try Dataset.load(file)
      } throws: {
        "\($0)" == "\(file) does not describe a dataset: nothing in \(root) matches "
          + "{case}/images/{case}_t1.nii.gz or {case}/images/ct.nii.gz. Check \"root\" and the "
          + "patterns."
      }
    }
  }

  @Test func aListIsNoDescription() throws {
    try Self.withPatients(description: "[]") { _, file in
      #expect {
        try Dataset.load(file)
      } throws: {
        "\($0)"
          == "\(file) does not describe a dataset: \"the file\" must be one object { … }, found "
          + "a list. Correct the value."
      }
    }
  }

  @Test func brokenJSONNamesTheFile() throws {
    try Self.withPatients(description: "{ name: ") { _, file in
      #expect {
        try Dataset.load(file)
      } throws: {
        "\($0)".hasPrefix("\(file) does not describe a dataset: it cannot be read as JSON (")
      }
    }
  }

  @Test func linksInACircleAreTheFaultOfTheirCase() throws {
    try Self.withPatients { folder, file in
      try FileManager.default.createSymbolicLink(
        atPath: "\(folder)/loop", withDestinationPath: "loop")
      try FileManager.default.createSymbolicLink(
        atPath: "\(folder)/p2/scans/ct.nii.gz", withDestinationPath: "ct.nii.gz")
      let dataset = try Dataset.load(file)
      #expect(dataset.cases.map(\.name) == ["loop", "p1", "p2", "p3"])
      let looped = try #require(dataset.files(ofCase: "p2"))
      #expect(looped.images["ct"] != nil)
      #expect(throws: ImagingError.self) { try dataset.loadCase(looped, modalities: ["ct"]) }
    }
  }

  /// Skipped when the patients' scans, which are not part of the project, are absent.
  @Test(.enabled(if: RealData.hasSarcomas))
  func theSarcomaDescriptionFindsAllPatients() throws {
    let dataset = try Dataset.load(RealData.package + "/datasets/sts")
    #expect(dataset.modalities.map(\.name) == ["ct", "mri", "pet"])
    #expect(dataset.modalities.map(\.kind) == [.ct, .mri, .pet])
    #expect(dataset.labels == [Label(name: "tumour", value: 1)])
    #expect(dataset.labelledCases.count == dataset.cases.count)
    #expect(dataset.cases.allSatisfy { $0.images.count == 3 })
    let files = try #require(dataset.files(ofCase: "STS_002"))
    #expect(dataset.faults(of: files).isEmpty)
  }
}

/// Where real scans are, if they are.
enum RealData {
  /// The package's folder.
  static let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().path

  static let hasSarcomas = FileManager.default.fileExists(
    atPath: package + "/../shared/data/sts/STS_002/CT_image.nii.gz")
}
