import Foundation
import TestSupport
import Testing

@testable import Imaging

struct ImportTests {
  /// Two patients: one with CT, contours on it and a localizer, one with CT and MR whose folders are
  /// mixed; names and numbers that must not be found again.
  private func archive(in folder: String) throws {
    try series("1.1", "CT", patient: "A").write("DOE/ct", in: folder)
    try series("1.2", "CT", patient: "A", heights: [0]).write("DOE/scout", in: folder)
    try contours(on: "1.1", patient: "A").write("DOE/rs.dcm", in: folder)
    try series("2.1", "CT", patient: "B").write("mixed/x", in: folder)
    try series("2.2", "MR", patient: "B").write("mixed/y", in: folder)
    try Data("notes".utf8).write(to: URL(fileURLWithPath: folder + "/mixed/readme.txt"))
  }

  private struct Series {
    let slices: DICOMSlices
    let patient: String
    let description: String

    func write(_ name: String, in folder: String) throws {
      for index in slices.positions.indices {
        var bytes = DICOMBytes()
        bytes.text(0x0008_0016, "UI", "1.2.840.10008.5.1.4.1.1.2")
        bytes.text(0x0008_0018, "UI", "\(slices.series).\(index + 1)")
        bytes.text(0x0008_0060, "CS", slices.modality)
        bytes.text(0x0008_103E, "LO", description)
        bytes.text(0x0010_0010, "PN", "Secret^\(patient)")
        bytes.text(0x0010_0020, "LO", "SECRET-\(patient)")
        bytes.text(0x0020_000D, "UI", "9.\(patient == "A" ? 1 : 2)")
        bytes.text(0x0020_000E, "UI", slices.series)
        bytes.decimals(0x0020_0032, slices.positions[index])
        bytes.decimals(0x0020_0037, slices.orientation)
        bytes.shorts(0x0028_0010, [slices.rows])
        bytes.shorts(0x0028_0011, [slices.columns])
        bytes.decimals(0x0028_0030, slices.spacing)
        bytes.shorts(0x0028_0100, [16])
        bytes.pixels(slices.pixels(index))
        try bytes.write("\(name)/\(index).dcm", in: folder)
      }
    }
  }

  private func series(
    _ uid: String, _ modality: String, patient: String, heights: [Double] = [0, 3, 6, 9]
  ) -> Series {
    var slices = DICOMSlices(heights: heights)
    (slices.series, slices.modality) = (uid, modality)
    return Series(slices: slices, patient: patient, description: modality == "MR" ? "ax T1 se" : "")
  }

  private func contours(on series: String, patient: String) -> DICOMBytes {
    var referenced = DICOMBytes()
    referenced.text(0x0020_000E, "UI", series)
    var study = DICOMBytes()
    study.sequence(0x3006_0014, [referenced])
    var frame = DICOMBytes()
    frame.sequence(0x3006_0012, [study])
    var region = DICOMBytes()
    region.text(0x3006_0022, "IS", "1")
    region.text(0x3006_0026, "LO", "GTV")
    var line = DICOMBytes()
    line.text(0x3006_0042, "CS", "CLOSED_PLANAR")
    line.decimals(0x3006_0050, [-10.5, -20.5, 3, -7, -20.5, 3, -7, -17, 3, -10.5, -17, 3])
    var drawn = DICOMBytes()
    drawn.sequence(0x3006_0040, [line])
    drawn.text(0x3006_0084, "IS", "1")
    var bytes = DICOMBytes()
    bytes.text(0x0008_0060, "CS", "RTSTRUCT")
    bytes.text(0x0010_0010, "PN", "Secret^\(patient)")
    bytes.sequence(0x3006_0010, [frame])
    bytes.sequence(0x3006_0020, [region])
    bytes.sequence(0x3006_0039, [drawn])
    return bytes
  }

  @Test func studiesBecomeADatasetThatIsRead() throws {
    let folder = try ScratchFolder()
    try archive(in: folder["scans"])
    let plan = try ImportPlan(of: folder["scans"])
    #expect(
      plan.items.map { "\($0.caseName) \($0.role)" } == [
        "case_001 ct", "case_001 labels", "case_002 ct", "case_002 mri-t1",
      ])
    #expect(
      plan.left.map { "\($0.summary): \($0.reason)" } == [
        "CT, 1 picture of 4 × 3: too few slices: 1, and at least 3 are wanted",
        "a file: not a scan",
      ])
    let outcomes = try ImportRun(plan, output: folder["dataset"])()
    #expect(outcomes.allSatisfy { if case .written = $0 { true } else { false } })
    let dataset = try Dataset.load(folder["dataset"])
    #expect(dataset.reference == "ct")
    #expect(dataset.modalities.map(\.name) == ["ct", "mri-t1"])
    #expect(dataset.labels == [Label(name: "GTV", value: 1)])
    #expect(dataset.cases.allSatisfy { dataset.faults(of: $0).isEmpty })
    // Columns 0 to 2 and rows 0 and 1 are inside the contour on the second slice.
    let labels = try ScanFile.readLabels(at: folder["dataset/case_001/labels.nii.gz"])
    #expect(labels.voxels.reduce(0) { $0 + Int($1) } == 4)
  }

  @Test func nothingOfAPatientIsCarriedOver() throws {
    let folder = try ScratchFolder()
    try archive(in: folder["scans"])
    let plan = try ImportPlan(of: folder["scans"])
    _ = try ImportRun(plan, output: folder["dataset"])()
    for path in try DICOMFolder.files(at: folder["dataset"]) {
      #expect(!path.contains("DOE") && !path.contains("mixed"))
      if path.hasSuffix(".json") {
        let text = try String(contentsOfFile: path, encoding: .utf8)
        #expect(!text.contains("ecret") && !text.contains("SECRET") && !text.contains("DOE"))
      }
    }
    #expect(plan.privateTable.contains("case_001,ct,taken,\(folder["scans"])/DOE/ct/0.dcm\n"))
  }

  @Test func aBadSeriesDoesNotStopTheOthers() throws {
    let folder = try ScratchFolder()
    try archive(in: folder["scans"])
    try FileManager.default.removeItem(atPath: folder["scans/mixed/y/1.dcm"])
    try FileManager.default.removeItem(atPath: folder["scans/mixed/x/3.dcm"])
    let outcomes = try ImportRun(ImportPlan(of: folder["scans"]), output: folder["dataset"])()
    let failures = outcomes.compactMap { outcome -> String? in
      guard case .failed(let reason) = outcome else { return nil }
      return reason
    }
    #expect(
      failures == [
        """
        mri-t1 of case_002 is not one regular stack of slices: of its 3 slices most are 6 mm apart, \
        and slices 2 and 3 are 3 mm apart. Complete the series, or choose --gaps interpolate.
        """
      ])
  }

  @Test func aKilledImportGoesOnAndAnotherOneIsRefused() throws {
    let folder = try ScratchFolder()
    try archive(in: folder["scans"])
    let plan = try ImportPlan(of: folder["scans"])
    _ = try ImportRun(plan, output: folder["dataset"])()
    try FileManager.default.removeItem(atPath: folder["dataset/case_002/ct.nii.gz"])
    let outcomes = try ImportRun(plan, output: folder["dataset"])(resume: true)
    #expect(
      outcomes.map { if case .kept = $0 { "kept" } else { "written" } }
        == ["kept", "kept", "written", "kept"])
    try series("3.1", "CT", patient: "C").write("third", in: folder["scans"])
    let other = try ImportPlan(of: folder["scans"])
    #expect(
      imagingError { try ImportRun(other, output: folder["dataset"])(resume: true) }?.description
        == """
        \(folder["dataset"]) does not describe a dataset: it was imported from other files. Choose \
        another folder, or import without --resume.
        """)
  }

  @Test func rulesNameModalitiesAndLabels() throws {
    let folder = try ScratchFolder()
    try archive(in: folder["scans"])
    let rules = """
      {
        "modalities": {
          "mri-se": { "kind": "mri", "description": "*T1*" },
          "ct-plan": { "kind": "ct", "modality": "CT", "file": "*/ct/*" },
        },
        "labels": { "tumour": ["gtv*"] },
        "ignore": ["*.txt"],
      }
      """
    var options = ImportOptions()
    options.rules = try ImportRules(at: folder.store(Array(rules.utf8), as: "rules.json"))
    let plan = try ImportPlan(of: folder["scans"], options: options)
    #expect(
      plan.items.map { "\($0.caseName) \($0.role)" } == [
        "case_001 ct-plan", "case_001 labels", "case_002 ct", "case_002 mri-se",
      ])
    #expect(plan.labels.names == ["tumour"])
    #expect(plan.left.map(\.reason).contains("ignored by rule"))
  }

  @Test func filesOfOtherFormatsAreCasesByTheirFolder() throws {
    let folder = try ScratchFolder()
    let grid = Geometry(size: [4, 4, 4], spacing: .one)
    let volume = Volume<Float>(geometry: grid, filledWith: 1)
    var labels = LabelMap(geometry: grid, filledWith: 0)
    labels[1, 1, 1] = 2
    for name in ["p1", "p2"] {
      try Folder.create(folder["scans/\(name)"])
      try NIfTI.write(volume, to: folder["scans/\(name)/CT_image.nii.gz"])
      try NIfTI.write(volume, to: folder["scans/\(name)/MR_T1_image.nii.gz"])
      try NIfTI.write(labels, to: folder["scans/\(name)/CT_mask.nii.gz"])
    }
    let plan = try ImportPlan(of: folder["scans"])
    _ = try ImportRun(plan, output: folder["dataset"])()
    let dataset = try Dataset.load(folder["dataset"])
    #expect(dataset.cases.map(\.name) == ["case_001", "case_002"])
    #expect(dataset.modalities.map(\.name) == ["ct", "mri-t1"])
    #expect(dataset.labels == [Label(name: "label-2", value: 2)])
    #expect(dataset.cases.allSatisfy { dataset.faults(of: $0).isEmpty })
  }

  @Test func skewedAxesAreRemarkedOnAndStraightenedOnDemand() throws {
    let folder = try ScratchFolder()
    let skewed = Geometry(
      size: [4, 4, 4], affine: [[1, 0, 0.3, 0], [0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1]])
    var labels = LabelMap(geometry: skewed, filledWith: 0)
    labels[1, 1, 1] = 1
    try Folder.create(folder["scans/p1"])
    try NIfTI.write(
      Volume<Float>(geometry: skewed, filledWith: 1), to: folder["scans/p1/CT.nii.gz"])
    try NIfTI.write(labels, to: folder["scans/p1/CT_mask.nii.gz"])
    let said =
      "The axes of ct of case_001 are not at right angles: x and y meet at 90.000°, x and z meet at "
      + "73.301°, y and z meet at 90.000°; their lengths are 1.00000, 1.00000, 1.00000; the slices are "
      + "sheared by 16.699°, as under a tilted gantry. "
    for (isStraight, end) in [
      (false, "They are kept."), (true, "The nearest axes that are were written."),
    ] {
      var options = ImportOptions()
      options.isOrthonormalized = isStraight
      let output = folder["dataset-\(isStraight)"]
      let plan = try ImportPlan(of: folder["scans"], options: options)
      let outcomes = try ImportRun(plan, output: output)()
      let remarks = outcomes.compactMap { if case .remarked(let text) = $0 { text } else { nil } }
      #expect(remarks == [said + end])
      let scan = try NIfTI.readHeader(at: output + "/case_001/ct.nii.gz").geometry
      let mask = try NIfTI.readHeader(at: output + "/case_001/labels.nii.gz").geometry
      #expect((scan.direction.skew == nil) == isStraight)
      #expect(scan.agrees(with: mask))
    }
  }

  @Test func aFolderWithoutScansIsRefused() throws {
    let folder = try ScratchFolder()
    _ = try folder.store(Array("x".utf8), as: "notes.txt")
    #expect(
      imagingError { try ImportPlan(of: folder.path) }?.description == """
        \(folder.path) has no scan that can be imported; 1 others were looked at. Check the folder, or \
        name its modalities in a rules file.
        """)
  }
}
