import Foundation

/// What an import takes, what it leaves and why. Nothing is written yet.
///
/// Cases are called `case_001`, `case_002`, … in the order of their paths; neither a name nor a path
/// nor a number of the scans' own is in what is printed or written, but in ``privateTable``.
public struct ImportPlan: Sendable {
  /// One scan, or labels, that are taken.
  public struct Item: Sendable {
    /// `case_001`.
    public let caseName: String

    /// The modality's name, or `labels`.
    public let role: String

    /// What it is: "CT, 51 pictures of 141 × 137".
    public let summary: String

    let candidate: ImportCandidate
  }

  /// Something that is not taken.
  public struct Remainder: Sendable {
    /// The case it would have belonged to, where it would have.
    public let caseName: String?

    public let summary: String

    /// Why; completes "left: …".
    public let reason: String

    let paths: [String]
  }

  public let items: [Item]
  public let left: [Remainder]

  /// Files that are damaged, each as a sentence without its path.
  public let damaged: [Remainder]

  /// The modalities that occur, the reference first.
  public let modalities: [Modality]

  /// The modality on whose grid labels lie; `nil` when nothing is taken.
  public var reference: Modality? { modalities.first }

  /// The names of the cases.
  public let cases: [String]

  /// The labels that contours or rules name; files of labels may add numbers.
  let labels: ImportLabels

  let options: ImportOptions
  let fingerprint: String

  /// Looks through all that is at or below `root`.
  ///
  /// - Throws: ``ImagingError``, ``ImagingError/noScans(path:left:)`` when nothing can be taken.
  public init(of root: String, options: ImportOptions = ImportOptions()) throws(ImagingError) {
    let root = URL(fileURLWithPath: root).standardizedFileURL.path
    let survey = try ImportSurvey(of: root, options: options)
    let names = CaseNames(survey.candidates)
    var selection = ImportSelection(survey.candidates, names: names)
    let scans = selection.takeScans()
    let labels = try selection.takeLabels(reference: options.reference, path: root)
    self.labels = ImportLabels(labels.map(\.candidate), rules: options.rules)
    items = (scans + labels).sorted { ($0.caseName, $0.role) < ($1.caseName, $1.role) }
    let passed = survey.passedOver.map {
      Remainder(caseName: nil, summary: "a file", reason: $0.reason, paths: [$0.path])
    }
    left = selection.left + passed
    damaged = survey.faults.map { fault in
      let text = fault.error.description.replacingOccurrences(of: fault.path, with: "A file")
      return Remainder(caseName: nil, summary: "a file", reason: text, paths: [fault.path])
    }
    modalities = selection.modalities
    cases = Set(items.map(\.caseName)).sorted()
    (self.options, fingerprint) = (options, survey.fingerprint)
    guard !scans.isEmpty else { throw .noScans(path: root, left: left.count + damaged.count) }
  }

  /// The new names of the cases and the old paths, as CSV. It names patients where paths do, and
  /// belongs outside the dataset.
  public var privateTable: String {
    let taken = items.flatMap { item in
      item.candidate.paths.map { [item.caseName, item.role, "taken", $0] }
    }
    let rest = (left + damaged).flatMap { entry in
      entry.paths.map { [entry.caseName ?? "", "", entry.reason, $0] }
    }
    let rows = [["case", "role", "outcome", "path"]] + taken + rest
    return rows.map { $0.map(Self.quoted).joined(separator: ",") + "\n" }.joined()
  }

  private static func quoted(_ text: String) -> String {
    let isPlain = !text.contains { "\",\n\r".contains($0) }
    return isPlain ? text : "\"" + text.replacingOccurrences(of: "\"", with: "\"\"") + "\""
  }
}

/// The new names of cases, by what told them apart before.
struct CaseNames {
  private var names: [String: String] = [:]

  /// Numbers cases in the order of their first path.
  init(_ candidates: [ImportCandidate]) {
    let taken = candidates.filter { $0.reason == nil && !$0.isLabels }
    var keys: [String] = []
    for candidate in taken where names[candidate.caseKey] == nil {
      names[candidate.caseKey] = ""
      keys.append(candidate.caseKey)
    }
    let width = max(3, String(keys.count).count)
    for (index, key) in keys.enumerated() {
      let digits = String(index + 1)
      names[key] = "case_" + String(repeating: "0", count: width - digits.count) + digits
    }
  }

  /// The name of the case that a candidate belongs to; `nil` for one without a scan.
  subscript(candidate: ImportCandidate) -> String? { names[candidate.caseKey] }
}
