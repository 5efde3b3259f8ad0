import Foundation
import Measuring
import Torch

/// Speed on the peers' inputs: `SpeedBenchmark FIGURE DATA [REPETITIONS [THREADS]]`.
///
/// DATA is the folder that the peers' `make_inputs.py` wrote. Each figure is one file here and one
/// case below.
@main
enum SpeedBenchmark {
  static func main() throws {
    let words = Array(CommandLine.arguments.dropFirst())
    guard words.count >= 2 else {
      throw Refusal("usage: SpeedBenchmark train|infer|search DATA [REPETITIONS [THREADS]]")
    }
    let repetitions = words.count > 2 ? Int(words[2]) ?? 5 : 5
    try TorchRuntime.setThreads(words.count > 3 ? Int(words[3]) ?? 2 : 2)
    switch words[0] {
    case "train": try TrainingStep.measure(data: words[1], repetitions: repetitions)
    case "search": try SearchStep.measure(data: words[1], repetitions: repetitions)
    case "infer": try Inference.measure(data: words[1], repetitions: repetitions)
    default: throw Refusal("there is no figure '\(words[0])'")
    }
  }
}

/// Why a benchmark cannot run.
struct Refusal: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) {
    self.description = description
  }
}
