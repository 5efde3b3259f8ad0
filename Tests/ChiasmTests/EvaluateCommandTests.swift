import Foundation
import Imaging
import Testing
import Training

@testable import chiasm

struct EvaluateCommandTests {
  /// Writes a row of voxels of 1 mm as a mask.
  private func write(_ values: [UInt16], to path: String) throws {
    try FileManager.default.createDirectory(
      at: URL(fileURLWithPath: path).deletingLastPathComponent(),
      withIntermediateDirectories: true)
    try NIfTI.write(
      LabelMap(
        geometry: Geometry(size: SIMD3(values.count, 1, 1), spacing: SIMD3(1, 1, 1)),
        voxels: values), to: path)
  }

  /// A folder with references for a and b, perfect predictions in `good`, only a's in `half`.
  private func withMasks(_ body: (String) throws -> Void) throws {
    try withFolder { folder in
      for (name, values) in [("a", [1, 1, 0, 2]), ("b", [0, 1, 0, 0])] as [(String, [UInt16])] {
        try write(values, to: "\(folder)/truth/\(name).nii.gz")
        try write(values, to: "\(folder)/good/\(name).nii.gz")
      }
      try write([1, 0, 0, 2], to: "\(folder)/half/a.nii")
      try body(folder)
    }
  }

  @Test func printsATableAndWritesASummary() throws {
    try withMasks { folder in
      let (status, output, _) = Recorder.run([
        "evaluate", "--predictions", folder + "/good", "--references", folder + "/truth",
      ])
      #expect(status == .done)
      #expect(
        output == """
          Dice  label 1  label 2   mean
          ─────────────────────────────
          a       1.000    1.000  1.000
          b       1.000        –  1.000
          ─────────────────────────────
          mean    1.000    1.000  1.000

          region     metric  n   mean   95 % interval  median     sd
          ──────────────────────────────────────────────────────────
          label 1      Dice  2  1.000  1.000 to 1.000   1.000  0.000
          label 1     ΔV ml  2   0.00    0.00 to 0.00    0.00   0.00
          label 1   HD95 mm  2   0.00    0.00 to 0.00    0.00   0.00
          label 1   ASSD mm  2   0.00    0.00 to 0.00    0.00   0.00
          label 1  NSD 1 mm  2  1.000  1.000 to 1.000   1.000  0.000
          ──────────────────────────────────────────────────────────
          label 2      Dice  1  1.000               –   1.000      –
          label 2     ΔV ml  2   0.00    0.00 to 0.00    0.00   0.00
          label 2   HD95 mm  1   0.00               –    0.00      –
          label 2   ASSD mm  1   0.00               –    0.00      –
          label 2  NSD 1 mm  1  1.000               –   1.000      –

          Surfaces: surfels (surface elements weighted by area, as in surface-distance).
          Empty masks (where both are empty, the case is left out of the means):
            label 2: 1 both empty, 0 missed, 0 spurious, of 2 cases

          """)
      #expect(FileManager.default.fileExists(atPath: folder + "/good/summary.json"))
      #expect(FileManager.default.fileExists(atPath: folder + "/good/summary.csv"))
    }
  }

  @Test func theSummarySaysOfWhichModalitiesMasksWereMade() throws {
    try withMasks { folder in
      let words = [
        "evaluate", "--predictions", folder + "/good", "--references", folder + "/truth", "--json",
      ]
      #expect(!Recorder.run(words).output.contains("\"modalities\""))
      let log = LineLog<MaskRecord>(path: folder + "/good/cases.jsonl")
      try log.rewrite([
        MaskRecord(caseName: "a", present: ["ct", "mri"], missing: ["pet"]),
        MaskRecord(caseName: "z", present: ["ct"], missing: []),
      ])
      let (status, output, errors) = Recorder.run(words)
      #expect(status == .done && errors.isEmpty)
      struct File: Decodable {
        struct Extras: Decodable { let modalities: [String: [String]] }
        let chiasm: Extras
      }
      let file = try JSONDecoder().decode(File.self, from: Data(output.utf8))
      #expect(file.chiasm.modalities == ["a": ["ct", "mri"]])
      try Data("no JSON\n".utf8).write(to: URL(fileURLWithPath: log.path))
      let broken = Recorder.run(words)
      #expect(broken.status == .done)
      #expect(broken.errors.contains("cases.jsonl"))
    }
  }

  @Test func missingPredictionsAreListed() throws {
    try withMasks { folder in
      let (status, _, errors) = Recorder.run([
        "evaluate", "--predictions", folder + "/half", "--references", folder + "/truth",
        "--output", folder + "/summary.json",
      ])
      #expect(status == .someCasesFailed)
      #expect(errors.contains("warning: b: \(folder)/half has no b.nii.gz.\n"))
      #expect(FileManager.default.fileExists(atPath: folder + "/summary.json"))
      #expect(!FileManager.default.fileExists(atPath: folder + "/half/summary.json"))
    }
  }

  @Test func onlyTheChosenCasesAreCompared() throws {
    try withMasks { folder in
      let (status, _, _) = Recorder.run([
        "evaluate", "--predictions", folder + "/half", "--references", folder + "/truth",
        "--cases", "a",
      ])
      #expect(status == .done)
    }
  }

  @Test func predictionsOnAnotherGridAreRefused() throws {
    try withMasks { folder in
      try write([1, 1, 0], to: folder + "/good/b.nii.gz")
      let (status, _, errors) = Recorder.run([
        "evaluate", "--predictions", folder + "/good", "--references", folder + "/truth",
      ])
      #expect(status == .someCasesFailed)
      #expect(errors.contains("the prediction is on a different grid"))
    }
  }

  @Test func nothingToCompareIsBadData() throws {
    try withMasks { folder in
      let (status, _, _) = Recorder.run([
        "evaluate", "--predictions", folder, "--references", folder + "/truth",
      ])
      #expect(status == .badData)
    }
  }

  @Test func severalFoldersStandSideBySide() throws {
    try withMasks { folder in
      let (_, output, _) = Recorder.run([
        "evaluate", "--predictions", folder + "/good", "--predictions", folder + "/half",
        "--references", folder + "/truth", "--empty", "one",
      ])
      #expect(
        output == """
          Dice      good   half
          ─────────────────────
          a        1.000  0.833
          b        1.000      –
          ─────────────────────
          label 1  1.000  0.667
          label 2  1.000  1.000
          ─────────────────────
          mean     1.000  0.833

          """)
    }
  }

  @Test func twoFoldersAreComparedCaseByCase() throws {
    try withMasks { folder in
      let (status, output, _) = Recorder.run([
        "evaluate", "--predictions", folder + "/good", "--references", folder + "/truth",
        "--compare", folder + "/half", "--surfaces", "none", "--cases", "a",
      ])
      #expect(status == .done)
      #expect(
        output.hasSuffix(
          """

          region   metric  n   good   half  good − half  95 % interval       p
          ────────────────────────────────────────────────────────────────────
          label 1    Dice  1  1.000  0.667        0.333              –  1.0000
          label 1   ΔV ml  1   0.00   0.00         0.00              –  1.0000
          ────────────────────────────────────────────────────────────────────
          label 2    Dice  1  1.000  1.000        0.000              –       –
          label 2   ΔV ml  1   0.00   0.00         0.00              –       –
          Case by case; the interval of the mean difference by bootstrap, p by Wilcoxon's signed-rank
          test (two-sided, not corrected for the number of rows).

          """))
    }
  }

  @Test func theNumberOfThreadsChangesNothing() throws {
    try withMasks { folder in
      let files = try ["1", "3"].map { threads in
        let path = "\(folder)/summary-\(threads).json"
        _ = Recorder.run([
          "evaluate", "--predictions", folder + "/good", "--references", folder + "/truth",
          "--threads", threads, "--lesions", "corners", "--output", path,
        ])
        return try String(contentsOfFile: path, encoding: .utf8)
      }
      #expect(files[0] == files[1])
    }
  }

  @Test func jsonIsNNUNetsLayout() throws {
    struct Summary: Decodable { let foreground_mean: [String: Double?] }
    try withMasks { folder in
      let (_, output, _) = Recorder.run([
        "evaluate", "--predictions", folder + "/good", "--references", folder + "/truth", "--json",
      ])
      let summary = try JSONDecoder().decode(Summary.self, from: Data(output.utf8))
      #expect(summary.foreground_mean["Dice"] == 1)
    }
  }
}
