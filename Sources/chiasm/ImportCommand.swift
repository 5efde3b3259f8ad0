import Foundation
import Imaging

/// `chiasm import`: makes a dataset of a folder of studies.
struct ImportCommand: Command {
  static let help = Help(
    name: "import",
    abstract: "Make a dataset of a folder of DICOM studies or other scans.",
    usage: ["SCANS --output DATASET [--rules R.json] [--table T.csv] [--dry-run] [--resume]"],
    options: [
      .init("output", "DATASET", "The folder to write to; new or empty, unless --resume is given."),
      .init("rules", "R.json", "Says which scan is which modality, and what labels are called."),
      .init("table", "T.csv", "Write which case was which path; outside the dataset."),
      .init(
        "reference", "NAME", "The modality on whose grid labels lie.", standard: "the one drawn on"),
      .init("case", "patient|study", "What one case is.", standard: "patient"),
      .init("slices", "N", "The fewest slices of a CT, MRI or PET.", standard: "3"),
      .init(
        "orthonormalize", "Give scans whose axes are skewed the nearest axes at right angles."),
      .init("dry-run", "Say what would be taken and left, and write nothing."),
      .init("resume", "Go on with an import that was broken off."),
      .init("threads", "N", "How many scans to work on at a time.", standard: "one per core"),
      .init("quiet", "Print nothing but the result, warnings and errors."),
      .init("json", "Print the result as JSON."),
    ] + DICOMChoice.help.filter { $0.name != "series" },
    example: "chiasm import archive --output dataset --suv --table private.csv",
    discussion: "SCANS is walked to its end: DICOM in any order of folders, NIfTI, MetaImage, NRRD "
      + "and folders of PNG slices. Contours (RTSTRUCT) and files called mask or label become "
      + "labels. Cases get new names, and neither names, numbers and dates nor paths of the scans "
      + "are written or printed, except to the table. The status is 2 when some scans failed.")

  private let scans: String
  private let output: String
  private let table: String?
  private let rules: String?
  private let isDryRun: Bool
  private let isResumed: Bool
  private let workers: Int
  private let options: ImportOptions
  private let printing: PrintingOptions

  init(_ arguments: inout Arguments) throws(UsageError) {
    printing = try PrintingOptions(&arguments)
    output = try arguments.required("output")
    table = try arguments.option("table")
    rules = try arguments.option("rules")
    isDryRun = try arguments.flag("dry-run")
    isResumed = try arguments.flag("resume")
    workers =
      try arguments.integer("threads", in: 1...1024)
      ?? ProcessInfo.processInfo.activeProcessorCount
    var options = ImportOptions()
    options.dicom = try DICOMChoice(&arguments).options
    options.caseRule = try arguments.choice("case", of: ImportOptions.CaseRule.self) ?? .patient
    options.fewestSlices = try arguments.integer("slices", in: 1...100_000) ?? 3
    options.reference = try arguments.option("reference")
    options.isOrthonormalized = try arguments.flag("orthonormalize")
    self.options = options
    scans = try arguments.next("SCANS")
  }

  func run(_ console: Console) throws -> ExitCode {
    try refuseToMix()
    var options = options
    if let rules { options.rules = try ImportRules(at: rules) }
    let plan = try ImportPlan(of: scans, options: options)
    var report = ImportReport(plan)
    if let table, !isDryRun { try AtomicFile.write(Data(plan.privateTable.utf8), to: table) }
    if !isDryRun {
      let bar = console.progress("Importing", total: plan.items.count)
      let counter = Counter()
      let outcomes = try ImportRun(plan, output: output)(resume: isResumed, workers: workers) {
        item, _ in bar.advance(to: counter.next(), item.caseName)
      }
      bar.finish()
      report.add(outcomes, of: plan)
    }
    if printing.isJSON { try console.json(report) } else { console.note(report.text + outlook) }
    for failure in report.remarked + report.failed + report.damaged {
      console.warn(failure.sentence)
    }
    if table == nil || isDryRun, !report.damaged.isEmpty {
      console.warn("Which files are damaged is written to --table alone: paths may name patients.")
    }
    let isWhole = report.failed.isEmpty && report.damaged.isEmpty
    if !isDryRun, report.failed.count == plan.items.count { return .failed }
    return isWhole ? .done : .someCasesFailed
  }

  /// What a person can do next.
  private var outlook: String {
    isDryRun
      ? "\nNothing was written: this was a dry run."
      : "\nWritten to \(output); `chiasm inspect \(output)` checks it."
  }

  /// Refuses a folder that holds something, and a table that would lie in the dataset.
  private func refuseToMix() throws {
    let place = URL(fileURLWithPath: output).standardizedFileURL.path
    if let table, URL(fileURLWithPath: table).standardizedFileURL.path.hasPrefix(place + "/") {
      throw UsageError(
        "--table \(table): the table names patients' files, and belongs outside the dataset.")
    }
    let source = URL(fileURLWithPath: scans).standardizedFileURL.path
    guard place != source, !place.hasPrefix(source + "/") else {
      throw UsageError("--output \(output): this is inside the folder that is imported.")
    }
    guard !isResumed, !isDryRun, FileManager.default.fileExists(atPath: output),
      try !Folder.names(in: output).isEmpty
    else { return }
    throw UsageError(
      "--output \(output): this folder is not empty. Choose another one, or add --resume.")
  }
}
