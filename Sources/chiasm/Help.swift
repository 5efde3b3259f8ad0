/// What a verb does, and the options it knows: the help text, and the list that is checked against.
struct Help {
  /// One option as the help text shows it.
  struct Option {
    let name: String

    /// What stands for the value, or `nil` for an option that takes none.
    let value: String?

    let text: String

    /// What holds when the option is not given, if that is worth saying.
    let standard: String?

    /// An option that takes a value.
    init(_ name: String, _ value: String, _ text: String, standard: String? = nil) {
      self.name = name
      self.value = value
      self.text = text
      self.standard = standard
    }

    /// An option that takes no value.
    init(_ name: String, _ text: String) {
      self.name = name
      value = nil
      self.text = text
      standard = nil
    }
  }

  let name: String
  let abstract: String

  /// What follows the verb, e.g. `--dataset D --output RUN`; lines after the first are indented.
  let usage: [String]

  let options: [Option]

  /// A command line that works, and what it does.
  let example: String

  /// Anything a person must know beside the options.
  var discussion: String? = nil

  /// The text that `chiasm VERB --help` prints.
  var text: String {
    let indent = String(repeating: " ", count: "Usage: chiasm ".count + name.count + 1)
    var blocks = [
      Self.wrapped(abstract, width: 80),
      "Usage: chiasm \(name) " + usage.joined(separator: "\n" + indent),
    ]
    if let discussion { blocks.append(Self.wrapped(discussion, width: 80)) }
    blocks.append("Options:\n" + optionLines.joined(separator: "\n"))
    blocks.append("Example:\n  " + example.split(separator: "\n").joined(separator: "\n  "))
    return blocks.joined(separator: "\n\n")
  }

  private var optionLines: [String] {
    let shown = options + [Option("help", "Show this text.")]
    let names = shown.map { "--\($0.name)" + ($0.value.map { " \($0)" } ?? "") }
    let column = (names.map(\.count).max() ?? 0) + 4
    return zip(names, shown).map { name, option in
      let text = option.text + (option.standard.map { " (default: \($0))" } ?? "")
      let lines = Self.wrapped(text, width: max(30, 84 - column))
        .split(separator: "\n").joined(separator: "\n" + String(repeating: " ", count: column))
      return "  " + name + String(repeating: " ", count: column - name.count - 2) + lines
    }
  }

  /// `text` with line feeds instead of spaces where a line would be longer than `width`.
  static func wrapped(_ text: String, width: Int) -> String {
    var lines = [""]
    for word in text.split(separator: " ") {
      let line = lines[lines.count - 1]
      if line.isEmpty {
        lines[lines.count - 1] = String(word)
      } else if line.count + 1 + word.count <= width {
        lines[lines.count - 1] = line + " " + word
      } else {
        lines.append(String(word))
      }
    }
    return lines.joined(separator: "\n")
  }
}
