/// Names that can be part of a file name, a weight's name and a table without surprises.
enum SafeName {
  /// Whether `name` is made of letters, digits, `-`, `_` and `.`, and does not start with `.`.
  static func isSafe(_ name: String) -> Bool {
    !name.isEmpty && !name.hasPrefix(".") && name.allSatisfy(isAllowed)
  }

  /// `name` in lower case, with `-` for everything that is not allowed.
  static func make(from name: String) -> String {
    let pieces = name.lowercased().split { !isAllowed($0) }
    let safe = pieces.joined(separator: "-")
    return isSafe(safe) ? safe : "modality"
  }

  /// `names` made safe; one that then occurs twice gets its number in the list.
  static func makeUnique(from names: [String]) -> [String] {
    let safe = names.map(make)
    return safe.indices.map { index in
      safe[..<index].contains(safe[index]) ? "\(safe[index])-\(index)" : safe[index]
    }
  }

  private static func isAllowed(_ character: Character) -> Bool {
    character.isLetter || character.isNumber || "-_.".contains(character)
  }
}

extension ModalityKind {
  /// The kind that a free-text channel name suggests; MRI when it suggests none, because MRI has
  /// more names than the others together.
  init(guessingFrom name: String) {
    let lowercased = name.lowercased()
    let words = lowercased.split { !$0.isLetter && !$0.isNumber }
    if words.contains("ct") || words.contains("cbct") {
      self = .ct
    } else if words.contains("us") || words.contains("trus") || lowercased.contains("ultrasound") {
      self = .ultrasound
    } else if lowercased.contains("pet") || words.contains("suv") {
      self = .pet
    } else {
      self = .mri
    }
  }
}
