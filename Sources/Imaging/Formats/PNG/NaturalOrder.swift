/// Whether a name comes before another when runs of digits count as numbers: slice-2, slice-10.
func naturallyPrecedes(_ left: String, _ right: String) -> Bool {
  let (mine, theirs) = (nameParts(left), nameParts(right))
  for (one, other) in zip(mine, theirs) where one != other {
    guard let number = one.number, let otherNumber = other.number else {
      return one.text < other.text
    }
    // Numbers of any length compare by their length once zeros in front are gone.
    let (digits, otherDigits) = (number.count, otherNumber.count)
    if digits != otherDigits { return digits < otherDigits }
    if number != otherNumber { return number < otherNumber }
  }
  if mine.count != theirs.count { return mine.count < theirs.count }
  return left < right
}

/// A run of digits, or of anything else.
private struct NamePart: Equatable {
  let text: String
  let number: String?

  /// 1 and 01 are one place in the order.
  static func == (left: NamePart, right: NamePart) -> Bool {
    left.number != nil ? left.number == right.number : left.text == right.text
  }
}

private func nameParts(_ name: String) -> [NamePart] {
  var runs: [String] = []
  var lastWasDigit: Bool?
  for character in name {
    let isDigit = character.isASCII && character.isNumber
    if isDigit == lastWasDigit {
      runs[runs.count - 1].append(character)
    } else {
      runs.append(String(character))
    }
    lastWasDigit = isDigit
  }
  return runs.map { run in
    let isNumber = run.allSatisfy { $0.isASCII && $0.isNumber }
    return NamePart(text: run, number: isNumber ? String(run.drop { $0 == "0" }) : nil)
  }
}
