import Architecture
import Foundation
import Training

/// Shows a training on the console.
final class TrainingDisplay {
  private let console: Console
  private let options: TrainingOptions
  private let bar: ProgressBar

  /// The last epoch that has been shown.
  private(set) var last: EpochRecord?

  init(_ console: Console, options: TrainingOptions) {
    self.console = console
    self.options = options
    bar = console.progress("Training", total: options.steps)
  }

  func show(_ progress: TrainingRun.Progress) {
    switch progress {
    case .fingerprinting, .preprocessing: break
    case .planned(let plan):
      let spacing = plan.spacing.map { String(format: "%.2f", $0) }.joined(separator: " × ")
      let patch = plan.patchSize.map(String.init).joined(separator: " × ")
      console.note(
        "Plan: \(spacing) mm, patches of \(patch) voxels, "
          + "\(plan.topology.levels.count) levels.")
    case .step(let step, _, let loss):
      bar.advance(to: step, String(format: "loss %.3f", loss) + lastDice)
    case .epoch(let record):
      last = record
    }
  }

  func finish() { bar.finish() }

  private var lastDice: String {
    last?.validationDice.map { String(format: ", validation Dice %.3f", $0) } ?? ""
  }
}
