/// The words after the verb, which a command takes out one by one.
///
/// Options first, then positional words, then ``finish(_:)``, which refuses what is left over. An
/// option's value follows as the next word or after an equals sign; after `--` every word is
/// positional.
struct Arguments {
  private var words: [String]
  private var literal: [String] = []

  init(_ words: [String]) {
    let parts = words.split(separator: "--", maxSplits: 1, omittingEmptySubsequences: false)
    self.words = Array(parts.first ?? [])
    if parts.count > 1 { literal = Array(parts[1]) }
  }

  /// Whether `--name` is given; it is taken out.
  mutating func flag(_ name: String) throws(UsageError) -> Bool {
    if words.contains(where: { $0.hasPrefix("--\(name)=") }) {
      throw UsageError("--\(name) takes no value.")
    }
    let count = words.count
    words.removeAll { $0 == "--\(name)" }
    return words.count < count
  }

  /// The value of `--name`, or `nil` when it is not given.
  mutating func option(_ name: String) throws(UsageError) -> String? {
    let values = try options(name)
    guard values.count < 2 else { throw UsageError("--\(name) is given more than once.") }
    return values.first
  }

  /// The values of `--name`, which may be repeated.
  mutating func options(_ name: String) throws(UsageError) -> [String] {
    var values: [String] = []
    while let index = words.firstIndex(where: { $0 == "--\(name)" || $0.hasPrefix("--\(name)=") }) {
      let word = words.remove(at: index)
      if word.count > name.count + 2 {
        values.append(String(word.dropFirst(name.count + 3)))
      } else if index < words.count, !Self.isOption(words[index]) {
        values.append(words.remove(at: index))
      } else {
        throw UsageError("--\(name) needs a value.")
      }
    }
    guard !values.contains("") else { throw UsageError("--\(name) needs a value.") }
    return values
  }

  /// The value of `--name`, which must be given.
  mutating func required(_ name: String) throws(UsageError) -> String {
    guard let value = try option(name) else { throw UsageError("--\(name) is missing.") }
    return value
  }

  /// The value of `--name` as a whole number in `range`, or `nil` when it is not given.
  mutating func integer(_ name: String, in range: ClosedRange<Int>) throws(UsageError) -> Int? {
    guard let text = try option(name) else { return nil }
    guard let number = Int(text), range.contains(number) else {
      throw UsageError(
        "--\(name) takes a whole number from \(range.lowerBound) to \(range.upperBound), "
          + "not '\(text)'.")
    }
    return number
  }

  /// The value of `--name` as a whole number, or `nil` when it is not given.
  mutating func integer(_ name: String, atLeast minimum: Int) throws(UsageError) -> Int? {
    guard let text = try option(name) else { return nil }
    guard let number = Int(text), number >= minimum else {
      throw UsageError("--\(name) takes a whole number of at least \(minimum), not '\(text)'.")
    }
    return number
  }

  /// The value of `--name` as a seed, or `nil` when it is not given.
  mutating func seed(_ name: String = "seed") throws(UsageError) -> UInt64? {
    guard let text = try option(name) else { return nil }
    guard let number = UInt64(text) else {
      throw UsageError("--\(name) takes a whole number of at least 0, not '\(text)'.")
    }
    return number
  }

  /// The value of `--name` as one of the cases of `Choice`, or `nil` when it is not given.
  mutating func choice<Choice: RawRepresentable<String> & CaseIterable>(
    _ name: String, of type: Choice.Type
  ) throws(UsageError) -> Choice? {
    guard let text = try option(name) else { return nil }
    guard let choice = Choice(rawValue: text) else {
      let choices = Choice.allCases.map(\.rawValue).joined(separator: ", ")
      throw UsageError("--\(name) takes one of \(choices), not '\(text)'.")
    }
    return choice
  }

  /// The value of `--name` as words between commas, or `nil` when it is not given.
  mutating func list(_ name: String) throws(UsageError) -> [String]? {
    guard let text = try option(name) else { return nil }
    let parts = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    guard !parts.contains("") else {
      throw UsageError("--\(name) takes names with commas between them, not '\(text)'.")
    }
    guard Set(parts).count == parts.count else {
      throw UsageError("--\(name) names something twice: '\(text)'.")
    }
    return parts
  }

  /// The value of `--name` as numbers between commas, or `nil` when it is not given.
  mutating func numbers(
    _ name: String, from minimum: Double, to maximum: Double
  ) throws(UsageError) -> [Double]? {
    guard let parts = try list(name) else { return nil }
    var numbers: [Double] = []
    for part in parts {
      guard let number = Double(part), (minimum...maximum).contains(number) else {
        throw UsageError(
          "--\(name) takes numbers from \(Int(minimum)) to \(Int(maximum)), not '\(part)'.")
      }
      numbers.append(number)
    }
    return numbers
  }

  /// The value of `--name` as a number, or `nil` when it is not given.
  mutating func number(
    _ name: String, from minimum: Double, to maximum: Double
  ) throws(UsageError) -> Double? {
    guard let text = try option(name) else { return nil }
    guard let number = Double(text), (minimum...maximum).contains(number) else {
      throw UsageError("--\(name) takes a number from \(minimum) to \(maximum), not '\(text)'.")
    }
    return number
  }

  /// The next positional word.
  ///
  /// - Parameter name: What it stands for, as the help text calls it.
  mutating func next(_ name: String) throws(UsageError) -> String {
    if let index = words.firstIndex(where: { !Self.isOption($0) }) {
      return words.remove(at: index)
    }
    guard !literal.isEmpty else { throw UsageError("\(name) is missing.") }
    return literal.removeFirst()
  }

  /// Refuses whatever no option and no positional word has taken.
  func finish(_ help: Help) throws(UsageError) {
    try refuseUnknown(help)
    if let surplus = (words + literal).first {
      throw UsageError("'\(surplus)' is one word too many.")
    }
  }

  /// Refuses an option that the command does not have.
  func refuseUnknown(_ help: Help) throws(UsageError) {
    let known = help.options.map { "--\($0.name)" } + ["--help"]
    let names = words.filter(Self.isOption).map { String($0.prefix { $0 != "=" }) }
    if let name = names.first(where: { !known.contains($0) }) {
      throw UsageError(
        "'\(help.name)' has no option \(name)." + Suggestion.sentence(for: name, among: known))
    }
  }

  /// Whether a word is an option rather than a value; a negative number is a value.
  private static func isOption(_ word: String) -> Bool {
    word.hasPrefix("-") && word.count > 1 && Double(word) == nil
  }
}
