import Foundation
import Torch

/// What a training step costs beside its network:
/// `TrainingBenchmark augment|loss|optimiser DATA [REPETITIONS [THREADS]]`.
///
/// DATA is the folder that `training_peers.py inputs` fills. Patches are always made by two threads.
@main
enum TrainingBenchmark {
  static func main() throws {
    let words = CommandLine.arguments
    let repetitions = words.count > 3 ? Int(words[3]) ?? 5 : 5
    try TorchRuntime.setThreads(words.count > 4 ? Int(words[4]) ?? 2 : 2)
    switch words.count > 2 ? words[1] : "" {
    case "augment": try AugmentationFigure.measure(data: words[2], repetitions: repetitions)
    case "loss": try LossFigure.measure(data: words[2], repetitions: repetitions)
    case "optimiser": try OptimizerFigure.measure(repetitions: repetitions)
    default:
      let usage =
        "usage: TrainingBenchmark augment|loss|optimiser DATA [REPETITIONS [THREADS]]\n"
      FileHandle.standardError.write(Data(usage.utf8))
      exit(64)
    }
  }
}
