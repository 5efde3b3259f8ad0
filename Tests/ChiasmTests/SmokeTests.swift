import Foundation
import Imaging
import Testing

@testable import chiasm

/// The whole way once, small: it must run, not be good.
struct SmokeTests {
  private let pipeline = packageRoot + "/pipelines/smoke.json"

  @Test func fromAFolderOfScansToDice() throws {
    try withFolder { folder in
      let data = folder + "/phantom"
      func run(_ words: String...) -> (status: ExitCode, output: String, errors: String) {
        Recorder.run(words + ["--quiet"])
      }
      #expect(run("phantom", "--output", data, "--cases", "6", "--size", "24").status == .done)
      #expect(run("inspect", data, "--pipeline", pipeline).output.hasSuffix("\nNo faults.\n"))

      let search = run(
        "search", "--dataset", data, "--pipeline", pipeline, "--fold", "0", "--output",
        folder + "/search")
      #expect(search.status == .done, "\(search.errors)")
      let train = run(
        "train", "--dataset", data, "--pipeline", pipeline, "--fold", "0", "--genotype",
        folder + "/search/best.json", "--output", folder + "/run")
      #expect(train.status == .done, "\(train.errors)")
      for name in ["summary.json", "validation/pictures"] {
        #expect(FileManager.default.fileExists(atPath: folder + "/run/" + name), "\(name)")
      }
      let predict = run(
        "predict", "--model", folder + "/run", "--input", data, "--fold", "0", "--output",
        folder + "/masks")
      #expect(predict.status == .done, "\(predict.errors)")
      let evaluate = run(
        "evaluate", "--predictions", folder + "/masks", "--references", data, "--fold", "0")
      #expect(evaluate.status == .done, "\(evaluate.errors)")
      #expect(evaluate.output.contains("organ"))
      try aBadScanDoesNotStopTheBatch(in: folder)
    }
  }

  /// A truncated file is a fault of its case alone.
  private func aBadScanDoesNotStopTheBatch(in folder: String) throws {
    let path = URL(fileURLWithPath: folder + "/phantom/case_000/mri.nii.gz")
    let whole = try Data(contentsOf: path)
    try whole.prefix(whole.count / 2).write(to: path)
    let (status, output, errors) = Recorder.run([
      "predict", "--model", folder + "/run", "--input", folder + "/phantom", "--cases",
      "case_000,case_001", "--output", folder + "/more",
    ])
    #expect(status == .someCasesFailed)
    #expect(errors.contains("warning: case_000: "))
    #expect(output.contains("1 of 2 masks"))
    #expect(FileManager.default.fileExists(atPath: folder + "/more/case_001.nii.gz"))
    #expect(Recorder.run(["inspect", folder + "/phantom", "--quiet"]).status == .badData)
  }
}
