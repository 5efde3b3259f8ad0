import Imaging
import Synchronization

/// What an import took, what it left, and what failed; nothing in it names a person.
struct ImportReport: Encodable {
  /// One scan that was taken.
  struct Taken: Encodable {
    let `case`: String
    let role: String
    let what: String
  }

  /// Something that was not taken, or failed.
  struct Entry: Encodable {
    let `case`: String?
    let what: String
    let reason: String
    let count: Int

    var sentence: String { reason }
  }

  private(set) var cases: [String]
  private(set) var modalities: [String]

  /// The modality on whose grid labels lie, and the cases that have no scan of it.
  private(set) var reference: String?
  private(set) var casesWithoutReference: [String] = []
  private(set) var taken: [Taken]
  private(set) var left: [Entry]
  private(set) var damaged: [Entry]
  private(set) var remarked: [Entry] = []
  private(set) var failed: [Entry] = []

  init(_ plan: ImportPlan) {
    cases = plan.cases
    modalities = plan.modalities.map(\.name)
    reference = plan.reference?.name
    taken = plan.items.map { Taken(case: $0.caseName, role: $0.role, what: $0.summary) }
    left = Self.counted(plan.left)
    damaged = Self.counted(plan.damaged)
    findBareCases()
  }

  /// Moves what failed out of what was taken.
  mutating func add(_ outcomes: [ImportRun.Outcome], of plan: ImportPlan) {
    taken = []
    for (item, outcome) in zip(plan.items, outcomes) {
      switch outcome {
      case .written, .kept:
        taken.append(Taken(case: item.caseName, role: item.role, what: item.summary))
      case .remarked(let remark):
        taken.append(Taken(case: item.caseName, role: item.role, what: item.summary))
        remarked.append(Entry(case: item.caseName, what: item.summary, reason: remark, count: 1))
      case .failed(let reason):
        failed.append(Entry(case: item.caseName, what: item.summary, reason: reason, count: 1))
      }
    }
    findBareCases()
  }

  /// Looks which of the cases that something was taken of lack the reference.
  private mutating func findBareCases() {
    let complete = taken.filter { $0.role == reference }.map(\.case)
    casesWithoutReference = Set(taken.map(\.case)).subtracting(complete).sorted()
  }

  /// Entries that read alike, counted, in the order of the first of each.
  private static func counted(_ entries: [ImportPlan.Remainder]) -> [Entry] {
    let groups = Dictionary(grouping: entries.enumerated()) { _, entry in
      [entry.caseName ?? "", entry.summary, entry.reason]
    }
    return groups.values.sorted { $0[0].offset < $1[0].offset }.map { group in
      let first = group[0].element
      return Entry(
        case: first.caseName, what: first.summary, reason: first.reason, count: group.count)
    }
  }

  /// The report for a terminal.
  var text: String {
    let lines = taken.map { "  \($0.case)  \($0.role): \($0.what)" }
    let rest = left.map { entry in
      let count = entry.count > 1 ? "\(entry.count) × " : ""
      return "  \(entry.case.map { $0 + "  " } ?? "")\(count)\(entry.what): \(entry.reason)"
    }
    let scans = taken.count == 1 ? "1 scan" : "\(taken.count) scans and labels"
    let count = Set(taken.map(\.case)).count
    var text =
      "Taken: \(scans) of \(count == 1 ? "1 case" : "\(count) cases")\n"
      + lines.joined(separator: "\n")
    if !rest.isEmpty { text += "\nLeft:\n" + rest.joined(separator: "\n") }
    if let reference, !casesWithoutReference.isEmpty {
      text +=
        "\nWithout \(reference), on whose grid labels and masks lie, and so of no use yet: "
        + casesWithoutReference.joined(separator: ", ")
    }
    return text
  }
}

/// Counts what several threads have done.
final class Counter: Sendable {
  private let count = Mutex(0)

  /// One more.
  func next() -> Int {
    count.withLock {
      $0 += 1
      return $0
    }
  }
}
