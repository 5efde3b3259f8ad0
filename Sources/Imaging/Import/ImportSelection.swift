/// Decides which candidates become the scans and the labels of cases.
struct ImportSelection {
  private let candidates: [ImportCandidate]
  private let names: CaseNames

  /// What is not taken.
  private(set) var left: [ImportPlan.Remainder] = []

  /// The modalities of what is taken; the reference first once labels have been taken.
  private(set) var modalities: [Modality] = []

  private var scans: [ImportPlan.Item] = []

  init(_ candidates: [ImportCandidate], names: CaseNames) {
    self.candidates = candidates
    self.names = names
    for candidate in candidates {
      if let reason = candidate.reason { leave(candidate, reason) }
    }
  }

  /// One scan for every modality of a case: an original before one that was computed from others,
  /// then the one with most voxels, then the first.
  mutating func takeScans() -> [ImportPlan.Item] {
    let sound = candidates.filter { $0.reason == nil && !$0.isLabels }
    let groups = Dictionary(grouping: sound) { Role(names[$0] ?? "", $0.modality?.name ?? "") }
    for (role, group) in groups.sorted(by: { $0.key < $1.key }) {
      let order = group.sorted { left, right in
        (left.isDerived ? 1 : 0, -left.size, left.path)
          < (right.isDerived ? 1 : 0, -right.size, right.path)
      }
      scans.append(item(order[0], role.name))
      for other in order.dropFirst() {
        let isReplaced = other.isDerived && !order[0].isDerived
        let reason =
          isReplaced
          ? "derived, and an original is there"
          : "another \(role.name) of its case; a rule can give it a name of its own"
        leave(other, reason)
      }
    }
    let found = scans.compactMap(\.candidate.modality)
    modalities = Dictionary(found.map { ($0.name, $0) }) { first, _ in first }.values
      .sorted { ($0.kind.place, $0.name) < ($1.kind.place, $1.name) }
    return scans
  }

  /// Labels for every case, those that are on the reference's grid.
  ///
  /// - Throws: ``ImagingError/badDataset(path:problem:advice:)`` for a reference that does not occur.
  mutating func takeLabels(
    reference: String?, path: String
  ) throws(ImagingError) -> [ImportPlan.Item] {
    let sound = candidates.filter { $0.reason == nil && $0.isLabels }
    let drawn = sound.map { (candidate: $0, on: modality(of: $0)) }
    let counts = Dictionary(grouping: drawn.compactMap(\.on)) { $0 }.mapValues(\.count)
    if let reference, !modalities.contains(where: { $0.name == reference }) {
      throw .badDataset(
        path: path, problem: "no case has the reference modality \"\(reference)\"",
        advice: "Choose one of \(modalities.map(\.name).joined(separator: ", ")).")
    }
    let most = modalities.max { (counts[$0.name] ?? 0) < (counts[$1.name] ?? 0) }?.name
    let chosen = reference ?? (counts.isEmpty ? modalities.first?.name : most)
    if let index = modalities.firstIndex(where: { $0.name == chosen }) {
      modalities.insert(modalities.remove(at: index), at: 0)
    }
    var taken: [String: ImportPlan.Item] = [:]
    for (candidate, on) in drawn {
      guard let name = names[candidate] else {
        leave(candidate, "labels of a case without a scan")
        continue
      }
      guard on == nil || on == chosen else {
        leave(candidate, "drawn on \(on ?? ""), and labels lie on the grid of \(chosen ?? "")")
        continue
      }
      guard taken[name] == nil else {
        leave(candidate, "other labels of its case are taken")
        continue
      }
      taken[name] = item(candidate, "labels")
    }
    return Array(taken.values)
  }

  /// The modality that labels are drawn on; `nil` where neither the file nor its name says.
  private func modality(of labels: ImportCandidate) -> String? {
    guard !labels.series.isEmpty else { return labels.modality?.name }
    return scans.first { $0.candidate.series == labels.series }?.role ?? "another series"
  }

  private func item(_ candidate: ImportCandidate, _ role: String) -> ImportPlan.Item {
    ImportPlan.Item(
      caseName: names[candidate] ?? "", role: role, summary: candidate.summary,
      candidate: candidate)
  }

  private mutating func leave(_ candidate: ImportCandidate, _ reason: String) {
    left.append(
      ImportPlan.Remainder(
        caseName: names[candidate], summary: candidate.summary, reason: reason,
        paths: candidate.paths))
  }

  /// A case and a modality.
  private struct Role: Hashable, Comparable {
    let caseName: String
    let name: String

    init(_ caseName: String, _ name: String) {
      (self.caseName, self.name) = (caseName, name)
    }

    static func < (left: Self, right: Self) -> Bool {
      (left.caseName, left.name) < (right.caseName, right.name)
    }
  }
}

extension ModalityKind {
  /// The order in which kinds are listed.
  fileprivate var place: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
