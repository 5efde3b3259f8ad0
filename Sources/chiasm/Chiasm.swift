import Foundation
import Imaging
import Metrics
import Networks
import Registration
import Training

/// The program: finds the verb, runs it, and turns what goes wrong into a sentence and a status.
@main
enum Chiasm {
  static let version = "0.1.0"

  /// Every verb, in the order of a first day's work.
  static var commands: [any Command.Type] {
    [
      PhantomCommand.self, ImportCommand.self, InspectCommand.self, SearchCommand.self,
      TrainCommand.self,
      PredictCommand.self, EvaluateCommand.self, EmbedCommand.self,
      RetrieveCommand.self, ProbeCommand.self, InfillCommand.self, ConvertCommand.self,
      RegisterCommand.self,
    ]
  }

  static func main() {
    Console.reserveStandardStreams()
    let words = Array(CommandLine.arguments.dropFirst())
    let isQuiet = words.contains("--quiet") || words.contains("--json")
    exit(run(words, on: Console(isQuiet: isQuiet)).rawValue)
  }

  /// Runs one command line.
  static func run(_ words: [String], on console: Console) -> ExitCode {
    do {
      return try dispatch(words, on: console)
    } catch {
      console.fail("\(error)")
      return status(of: error)
    }
  }

  private static func dispatch(_ words: [String], on console: Console) throws -> ExitCode {
    guard let verb = words.first else {
      throw UsageError("no command is given.\n\n" + overview)
    }
    if ["--help", "-h", "help"].contains(verb) {
      let topic = words.dropFirst().first.flatMap { name in
        commands.first { $0.help.name == name }
      }
      console.result(topic?.help.text ?? overview)
      return .done
    }
    if verb == "--version" {
      console.result("chiasm \(version)")
      return .done
    }
    let all = commands + [SearchWorkerCommand.self]
    guard let command = all.first(where: { $0.help.name == verb }) else {
      let known = commands.map { $0.help.name } + ["--help", "--version"]
      throw UsageError(
        "there is no command '\(verb)'." + Suggestion.sentence(for: verb, among: known)
          + " See 'chiasm --help'.")
    }
    if words.contains("--help") || words.contains("-h") {
      console.result(command.help.text)
      return .done
    }
    return try command.execute(Array(words.dropFirst()), on: console)
  }

  /// Reads a command completely, and refuses words that it did not take.
  static func read<Verb: Command>(
    _ command: Verb.Type, _ words: [String]
  ) throws(UsageError) -> Verb {
    var arguments = Arguments(words)
    do {
      let verb = try Verb(&arguments)
      try arguments.finish(Verb.help)
      return verb
    } catch {
      // An unknown option explains a missing one better than the missing one does.
      if error.description.hasSuffix("is missing.") { try arguments.refuseUnknown(Verb.help) }
      throw UsageError(error.description + " See 'chiasm \(Verb.help.name) --help'.")
    }
  }

  /// The status for the shell: the input's fault, the user's, or anything else.
  static func status(of error: any Error) -> ExitCode {
    switch error {
    case is UsageError, is PipelineError: .wrongUsage
    case ImagingError.writeFailed, ImagingError.unwritable: .failed
    case is ImagingError: .badData
    case MetricsError.gridMismatch, is EmbeddingError, is BoltzmannError: .badData
    case is RegistrationError: .badData
    case let error as TrainingError: status(of: error)
    default: .failed
    }
  }

  private static func status(of error: TrainingError) -> ExitCode {
    switch error {
    case .lossNotFinite: .failed
    case .badFold, .unknownModality, .badFeatureSource: .wrongUsage
    default: .badData
    }
  }

  /// The text that `chiasm --help` prints.
  static var overview: String {
    let width = commands.map { $0.help.name.count }.max() ?? 0
    let lines = commands.map { command in
      let name = command.help.name
      return "  \(name)\(String(repeating: " ", count: width - name.count + 3))"
        + command.help.abstract
    }
    return """
      Chiasm fuses scans of several modalities, searches for the way to fuse them, and segments.

      Usage: chiasm COMMAND [options]

      Commands:
      \(lines.joined(separator: "\n"))

      'chiasm COMMAND --help' explains a command; 'chiasm --version' says which version this is.

      Exit status: 0 done, 1 failed, 2 finished but some cases failed (they are listed),
      64 wrong usage, 65 bad data.
      """
  }
}
