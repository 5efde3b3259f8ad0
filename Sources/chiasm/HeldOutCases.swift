import Imaging
import Torch
import Training

/// What a finished training leaves about the cases that it has not seen: masks and pictures in
/// `validation/`, and their Dice in `summary.json`.
struct HeldOutCases {
  let run: RunFolder
  let dataset: String
  let fold: Int
  let device: Device

  /// Segments and measures them; what is wrong with a case is told as a warning.
  func evaluate(_ console: Console) throws {
    let silent = console.withoutResults
    let cases = ["--fold", "\(fold)"]
    let masks = run.file("validation")
    let status = try PredictCommand.execute(
      ["--model", run.path, "--input", dataset, "--output", masks, "--device", "\(device)"] + cases,
      on: silent)
    guard status != .failed else { return }
    _ = try EvaluateCommand.execute(
      [
        "--predictions", masks, "--references", dataset, "--output", run.file("summary.json"),
      ] + cases, on: silent)
  }
}
