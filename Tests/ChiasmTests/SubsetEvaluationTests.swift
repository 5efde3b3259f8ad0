import Foundation
import Imaging
import Testing
import Training

@testable import chiasm

/// `chiasm evaluate --subsets` on a phantom and a network small enough for a test.
struct SubsetEvaluationTests {
  private func run(_ words: String...) -> (status: ExitCode, output: String, errors: String) {
    Recorder.run(words + ["--quiet"])
  }

  private struct Report: Decodable {
    struct Subset: Decodable {
      let modalities: [String]
      let cases: [String]
      let dice: Double?
    }

    let subsets: [Subset]
    let mean: Double
    let worst: Subset
  }

  @Test func everySubsetIsSegmentedAndMeasured() throws {
    try withFolder { folder in
      let coordinated = try CoordinatedRun(in: folder)
      let (data, model) = (coordinated.data, coordinated.model)
      let words = [
        "evaluate", "--subsets", "--model", model, "--references", data, "--surfaces", "none",
      ]
      let (status, output, errors) = Recorder.run(words + ["--quiet"])
      #expect(status == .done, "\(errors)")
      let lines = output.split(separator: "\n").map { $0.split(separator: " ").first ?? "" }
      #expect(
        lines.prefix(9).dropFirst(2) == [
          "ct", "mri", "ultrasound", "ct+mri", "ct+ultrasound", "mri+ultrasound",
          "ct+mri+ultrasound",
        ])
      let file = URL(fileURLWithPath: model + "/subsets.json")
      let report = try JSONDecoder().decode(Report.self, from: Data(contentsOf: file))
      #expect(report.subsets.map(\.cases.count) == [4, 3, 4, 3, 4, 3, 3])
      let dice = report.subsets.compactMap(\.dice)
      #expect(dice.count == 7)
      #expect(abs(report.mean - dice.reduce(0, +) / 7) < 1e-12)
      #expect(report.worst.dice == dice.min())
      try masksKnowTheirModalities(in: model)
      try predictMakesTheSameMask(model, data, folder + "/masks")
      try aForeignDatasetIsRefused(by: model, folder)
      try maskIsKept(words, in: model)
    }
  }

  private func aForeignDatasetIsRefused(by model: String, _ folder: String) throws {
    let other = folder + "/other.json"
    try Data(
      """
      { "name": "Other", "root": "phantom", "reference": "ct",
        "modalities": { "ct": {"kind": "ct", "file": "{case}/ct.nii.gz"} },
        "labelFile": "{case}/labels.nii.gz", "labels": {"background": 0, "lesion": 1} }
      """.utf8
    ).write(to: URL(fileURLWithPath: other))
    let (status, _, errors) = run(
      "evaluate", "--subsets", "--model", model, "--references", other)
    #expect(status == .wrongUsage)
    #expect(
      errors == """
        error: --references \(other): this dataset is not one for the model \(model).
          the model reads:  ct, mri, ultrasound; the reference is ct
          the dataset has:  ct; the reference is ct
        Choose another model, or correct dataset.json.

        """)
  }

  private func masksKnowTheirModalities(in model: String) throws {
    let log = LineLog<MaskRecord>(path: model + "/subsets/ct+ultrasound/cases.jsonl")
    let records = try log.records()
    #expect(records.count == 4)
    #expect(
      records.allSatisfy { $0.present == ["ct", "ultrasound"] && $0.missing == ["mri"] })
  }

  private func predictMakesTheSameMask(
    _ model: String, _ data: String, _ masks: String
  ) throws {
    let predict = run(
      "predict", "--model", model, "--input", data, "--output", masks, "--modalities", "mri",
      "--cases", "case_000,case_001")
    // The second case has no MRI.
    #expect(predict.status == .someCasesFailed)
    #expect(predict.errors.contains("case_001: none of the modalities"))
    let one = try NIfTI.readLabels(at: masks + "/case_000.nii.gz")
    #expect(try NIfTI.readLabels(at: model + "/subsets/mri/case_000.nii.gz") == one)
    #expect(
      run(
        "predict", "--model", model, "--input", data, "--output", masks + "2",
        "--modalities", "pet"
      ).status == .wrongUsage)
  }

  /// A resumed evaluation measures the masks that are there.
  private func maskIsKept(_ words: [String], in model: String) throws {
    let path = model + "/subsets/ct/case_000.nii.gz"
    let mask = try NIfTI.readLabels(at: path)
    let empty = LabelMap(geometry: mask.geometry, voxels: mask.voxels.map { _ in 0 })
    try NIfTI.write(empty, to: path)
    #expect(Recorder.run(words + ["--quiet", "--resume"]).status == .done)
    #expect(try NIfTI.readLabels(at: path) == empty)
    #expect(Recorder.run(words + ["--quiet"]).status == .done)
    #expect(try NIfTI.readLabels(at: path) == mask)
  }

  @Test func optionsThatDoNotGoTogetherAreRefused() throws {
    func refusal(_ words: String...) -> String {
      let (status, _, errors) = Recorder.run(["evaluate"] + words)
      #expect(status == .wrongUsage)
      return errors
    }
    #expect(refusal("--subsets", "--references", "d").contains("--model is missing."))
    #expect(
      refusal("--subsets", "--model", "m", "--references", "d", "--predictions", "p")
        .contains("--subsets makes its own masks; leave --predictions and --compare out."))
    #expect(
      refusal("--model", "m", "--references", "d", "--predictions", "p")
        .contains("--model, --resume and --device belong to --subsets."))
    try withFolder { folder in
      #expect(
        refusal("--subsets", "--model", folder, "--references", folder)
          .contains("--subsets needs a dataset, and \(folder) is a folder without scans."))
    }
  }
}
