/// One verb of the program.
///
/// A command is read completely before any work starts, so a typing mistake costs no time.
protocol Command {
  /// The verb, what it does and the options it knows.
  static var help: Help { get }

  /// Takes what belongs to this command out of the command line.
  init(_ arguments: inout Arguments) throws(UsageError)

  /// Does the work.
  func run(_ console: Console) throws -> ExitCode
}

extension Command {
  /// Reads this command from `words` and runs it.
  static func execute(_ words: [String], on console: Console) throws -> ExitCode {
    try Chiasm.read(Self.self, words).run(console)
  }
}
