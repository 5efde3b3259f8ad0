import Testing

@testable import chiasm

struct HelpTests {
  @Test func showsUsageOptionsDefaultsAndAnExample() {
    let help = Help(
      name: "phantom", abstract: "Draw patients.", usage: ["--output DIR", "[--cases 24]"],
      options: [
        .init("output", "DIR", "The folder."), .init("cases", "N", "How many.", standard: "24"),
        .init("quiet", "Print nothing."),
      ],
      example: "chiasm phantom --output demo")
    #expect(
      help.text == """
        Draw patients.

        Usage: chiasm phantom --output DIR
                              [--cases 24]

        Options:
          --output DIR  The folder.
          --cases N     How many. (default: 24)
          --quiet       Print nothing.
          --help        Show this text.

        Example:
          chiasm phantom --output demo
        """)
  }

  @Test func everyVerbExplainsItself() {
    for command in Chiasm.commands {
      let name = command.help.name
      let (status, output, errors) = Recorder.run([name, "--help"])
      #expect(status == .done)
      #expect(errors == "")
      #expect(output == command.help.text + "\n")
      #expect(command.help.example.hasPrefix("chiasm \(name) "))
      #expect(Recorder.run(["help", name]).output == output)
      #expect(Recorder.run([name, "--json", "-h"]).output == output)
    }
  }

  /// An option in a usage line that the list does not have, or an example that is refused, is a lie.
  @Test func usageAndExamplesNameOnlyKnownOptions() throws {
    for command in Chiasm.commands {
      let known = Set(command.help.options.map { "--\($0.name)" })
      let words = (command.help.usage + [command.help.example])
        .joined(separator: " ").split { " []|".contains($0) }.map(String.init)
      for word in words where word.hasPrefix("--") {
        #expect(known.contains(word), "\(command.help.name): \(word)")
      }
    }
  }

  @Test func examplesCanBeRead() throws {
    func read<Verb: Command>(_ verb: Verb.Type) throws {
      let words = Verb.help.example.split(separator: " ").dropFirst(2).map(String.init)
      _ = try Chiasm.read(Verb.self, words)
    }
    try read(PhantomCommand.self)
    try read(InspectCommand.self)
    try read(SearchCommand.self)
    try read(TrainCommand.self)
    try read(PredictCommand.self)
    try read(EvaluateCommand.self)
  }

  @Test func linesAreWrappedBetweenWords() {
    #expect(Help.wrapped("one two three four", width: 9) == "one two\nthree\nfour")
    #expect(Help.wrapped("unbreakable", width: 4) == "unbreakable")
  }
}
