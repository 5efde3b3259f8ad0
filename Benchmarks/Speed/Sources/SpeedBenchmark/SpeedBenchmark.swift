import CKernels
import Foundation
import Measuring
import Torch

/// Speed on the peers' inputs: `SpeedBenchmark FIGURE DATA [REPETITIONS [THREADS [INSTRUCTIONS]]]`.
///
/// DATA is the folder that the peers' `make_inputs.py` wrote; `kernels` needs none. INSTRUCTIONS is
/// `avx2` to measure as on a processor without AVX-512. Each figure is one file here and one case below.
@main
enum SpeedBenchmark {
  static func main() throws {
    let words = Array(CommandLine.arguments.dropFirst())
    guard words.count >= 2 else {
      throw Refusal(
        "usage: SpeedBenchmark train|infer|search|kernels DATA [REPETITIONS [THREADS [avx2|avx512]]]"
      )
    }
    let repetitions = words.count > 2 ? Int(words[2]) ?? 5 : 5
    try TorchRuntime.setThreads(words.count > 3 ? Int(words[3]) ?? 2 : 2)
    if words.count > 4 { try limitInstructions(to: words[4]) }
    switch words[0] {
    case "train": try TrainingStep.measure(data: words[1], repetitions: repetitions)
    case "search": try SearchStep.measure(data: words[1], repetitions: repetitions)
    case "kernels": try Kernels.measure(repetitions: repetitions)
    case "infer": try Inference.measure(data: words[1], repetitions: repetitions)
    default: throw Refusal("there is no figure '\(words[0])'")
    }
  }

  private static func limitInstructions(to name: String) throws {
    switch name {
    case "avx512" where ckernels_uses_avx512() != 0: return
    case "avx2" where ckernels_uses_avx2() != 0: ckernels_allow_avx512(0)
    default: throw Refusal("this processor has no '\(name)'; it is avx2 or avx512")
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
