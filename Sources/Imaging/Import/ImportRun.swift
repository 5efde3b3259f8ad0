import Foundation
import Synchronization

/// Carries out an ``ImportPlan``: writes NIfTI files and `dataset.json`.
public struct ImportRun: Sendable {
  /// What became of one item.
  public enum Outcome: Sendable {
    case written

    /// It was written, and a person is to know this of it: a sentence without a path.
    case remarked(String)

    /// It was there from an earlier run.
    case kept

    /// A sentence without a path.
    case failed(String)

    /// Whether there is a file now.
    var isThere: Bool {
      if case .failed = self { false } else { true }
    }
  }

  private static let recordName = "import.json"

  private let plan: ImportPlan
  private let output: String

  /// An import of `plan` into the folder `output`.
  public init(_ plan: ImportPlan, output: String) {
    self.plan = plan
    self.output = output
  }

  /// Writes what is not there yet; one item that fails does not stop the others.
  ///
  /// - Parameters:
  ///   - resume: Whether files of an earlier run are kept.
  ///   - workers: How many items are worked on at a time; each takes the memory of one scan.
  ///   - onItem: Called after each item, from any thread.
  /// - Returns: The outcome of each of the plan's items, in their order.
  /// - Throws: ``ImagingError`` when nothing can be written, or an earlier run was another one.
  public func callAsFunction(
    resume: Bool = false, workers: Int = 2,
    onItem: @Sendable (ImportPlan.Item, Outcome) -> Void = { _, _ in }
  ) throws(ImagingError) -> [Outcome] {
    try Folder.create(output)
    try checkRecord(resume)
    let outcomes = Mutex([Int: Outcome]())
    let values = Mutex(Set<Int>())
    let next = Mutex(0)
    DispatchQueue.concurrentPerform(iterations: max(1, workers)) { _ in
      while let index = next.withLock({ next -> Int? in
        defer { next += 1 }
        return next < plan.items.count ? next : nil
      }) {
        let item = plan.items[index]
        let (outcome, found) = process(item, resume: resume)
        outcomes.withLock { $0[index] = outcome }
        values.withLock { $0.formUnion(found) }
        onItem(item, outcome)
      }
    }
    let labels = plan.labels.all(foundInFiles: values.withLock { $0 })
    let results = outcomes.withLock { $0 }.sorted { $0.key < $1.key }.map(\.value)
    try ImportDescription(modalities(after: results), labels: labels).write(to: output)
    // The folder of a case all of whose scans failed; one that holds something stays.
    for name in plan.cases { rmdir("\(output)/\(name)") }
    return results
  }

  /// The reference, and the others of which a scan is there.
  private func modalities(after outcomes: [Outcome]) -> [Modality] {
    let there = zip(plan.items, outcomes).filter { $1.isThere }.map(\.0.role)
    return plan.modalities.filter { $0 == plan.reference || there.contains($0.name) }
  }

  /// Refuses to mix two imports in one folder.
  private func checkRecord(_ resume: Bool) throws(ImagingError) {
    let path = output + "/" + Self.recordName
    let record = "{ \"files\": \"\(plan.fingerprint)\" }\n"
    if resume, let data = FileManager.default.contents(atPath: path) {
      guard data == Data(record.utf8) else {
        throw .badDataset(
          path: output, problem: "it was imported from other files",
          advice: "Choose another folder, or import without --resume.")
      }
      return
    }
    try AtomicFile.write(Data(record.utf8), to: path)
  }

  /// Writes one item; the values of labels are returned.
  private func process(_ item: ImportPlan.Item, resume: Bool) -> (Outcome, Set<Int>) {
    let path = "\(output)/\(item.caseName)/\(item.role).nii.gz"
    do throws(ImagingError) {
      try Folder.create("\(output)/\(item.caseName)")
      if resume, FileManager.default.fileExists(atPath: path) {
        guard item.candidate.isLabels else { return (.kept, []) }
        return (.kept, Set(try NIfTI.readLabels(at: path).distinctValues))
      }
      let written = try ImportItem(item, plan: plan).write(to: path)
      return (outcome(of: item, skew: written.skew), written.labels)
    } catch {
      return (.failed(Self.sentence(error, about: item)), [])
    }
  }

  private func outcome(of item: ImportPlan.Item, skew: Direction.Skew?) -> Outcome {
    guard let skew else { return .written }
    return .remarked(
      "The axes of \(item.role) of \(item.caseName) are not at right angles: \(skew). "
        + (plan.options.isOrthonormalized
          ? "The nearest axes that are were written." : "They are kept."))
  }

  /// What went wrong, without the paths, which may name a person.
  private static func sentence(_ error: ImagingError, about item: ImportPlan.Item) -> String {
    let name = "\(item.role) of \(item.caseName)"
    return item.candidate.paths.sorted { $0.count > $1.count }.reduce(error.description) {
      $0.replacingOccurrences(of: $1, with: name)
    }
  }
}
