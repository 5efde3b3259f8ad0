import Imaging

/// Which cases a verb works on: all, the held-out ones of a fold, or those that are named.
enum CaseSelection: Equatable {
  case all
  case fold(Int)
  case named([String])

  /// The lines of the help text.
  static let help: [Help.Option] = [
    .init("fold", "K", "Only the cases that fold K holds out, from 0."),
    .init("cases", "A,B", "Only the named cases.", standard: "all"),
  ]

  init(_ arguments: inout Arguments) throws(UsageError) {
    let fold = try arguments.integer("fold", atLeast: 0)
    let names = try arguments.list("cases")
    switch (fold, names) {
    case (nil, nil): self = .all
    case (let fold?, nil): self = .fold(fold)
    case (nil, let names?): self = .named(names)
    default: throw UsageError("--fold and --cases cannot be combined.")
    }
  }

  /// The chosen cases of a dataset.
  func choose(from dataset: Dataset) throws(UsageError) -> [CaseFiles] {
    let chosen: Set<String>
    switch self {
    case .all: return dataset.cases
    case .named: chosen = try choose(fromNames: dataset.cases.map(\.name), in: dataset.name)
    case .fold(let fold):
      let folds = dataset.folds()
      guard folds.indices.contains(fold) else {
        throw UsageError(
          "--fold \(fold): '\(dataset.name)' has the folds 0 to \(folds.count - 1).")
      }
      chosen = Set(folds[fold].validation)
    }
    return dataset.cases.filter { chosen.contains($0.name) }
  }

  /// The chosen ones of `names`, where there are no folds.
  func choose(fromNames names: [String], in place: String) throws(UsageError) -> Set<String> {
    switch self {
    case .all: return Set(names)
    case .fold: throw UsageError("--fold needs a dataset, and \(place) is a folder.")
    case .named(let wanted):
      if let unknown = wanted.first(where: { !names.contains($0) }) {
        throw UsageError(
          "--cases: \(place) has no case '\(unknown)'."
            + Suggestion.sentence(for: unknown, among: names))
      }
      return Set(wanted)
    }
  }
}
