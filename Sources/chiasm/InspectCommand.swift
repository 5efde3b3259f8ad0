import Foundation
import Imaging

/// `chiasm inspect`: says what a dataset or a scan holds, with every fault of every case.
struct InspectCommand: Command {
  static let help = Help(
    name: "inspect",
    abstract: "Check a dataset and show its fingerprint and plan, or describe one scan.",
    usage: ["DATASET|SCAN [--json]"],
    options: [
      .init("pipeline", "P.json", "Plan with these settings.", standard: "built-in"),
      .init("quiet", "Print only the result."),
      .init("json", "Print the result as JSON."),
    ] + DICOMChoice.help,
    example: "chiasm inspect datasets/sts/dataset.json",
    discussion: "DATASET is a folder with a dataset.json (Chiasm's, nnU-Net's or the Medical "
      + "Segmentation Decathlon's) or such a file; SCAN is a NIfTI, MetaImage, NRRD, DICOM or PNG file, "
      + "or a folder of DICOM or PNG slices. "
      + "The status is 65 when something is wrong with a case.")

  private let path: String
  private let pipeline: String?
  private let dicom: DICOMChoice
  private let printing: PrintingOptions

  init(_ arguments: inout Arguments) throws(UsageError) {
    printing = try PrintingOptions(&arguments)
    pipeline = try arguments.option("pipeline")
    dicom = try DICOMChoice(&arguments)
    path = try arguments.next("DATASET|SCAN")
  }

  func run(_ console: Console) throws -> ExitCode {
    guard Self.isDataset(path) else {
      let report = try ScanReport(of: path, dicom: dicom.options)
      if printing.isJSON { try console.json(report) } else { console.result(report.text) }
      return report.nonFinite == 0 ? .done : .badData
    }
    let options = try Pipeline.read(pipeline).plan
    let dataset = try Dataset.load(path)
    let bar = console.progress("Inspecting", total: dataset.cases.count)
    var done = 0
    let report = DatasetReport(of: dataset, options: options) { name in
      done += 1
      bar.advance(to: done, name)
    }
    bar.finish()
    if printing.isJSON { try console.json(report) } else { console.result(report.text) }
    return report.faults.isEmpty ? .done : .badData
  }

  /// Whether a path means a dataset rather than a scan.
  private static func isDataset(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue
    else { return path.hasSuffix(".json") }
    if FileManager.default.fileExists(atPath: path + "/dataset.json") { return true }
    return !ScanFormat.isScanFolder(path)
  }
}
