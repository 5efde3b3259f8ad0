import Architecture
import Foundation
import Metrics
import Search

/// Shows a search on the console.
final class SearchDisplay {
  private let console: Console
  private let bar: ProgressBar

  /// The steps of what comes before the first trial, of a trial, and of a training for comparison.
  private let steps: (preparing: Int, trial: Int, rival: Int)

  /// What the score of a trial is called.
  private let title: String

  private var done = 0
  private var finished = 0

  /// - Parameter modalities: How many there are; each is trained alone for the baselines.
  init(_ console: Console, options: SearchOptions, modalities: Int) {
    self.console = console
    title = options.scoreTitle
    let steps = options.displayedSteps
    self.steps = steps
    let rivals = options.isPlainRandomSearch ? 0 : options.trials + options.seeds
    let baselines = options.baselines ? (modalities + 2) * options.seeds + rivals : 0
    bar = console.progress(
      "Searching",
      total: steps.preparing + options.trials * steps.trial + baselines * steps.rival)
  }

  /// Told how many steps of how many the present candidate has done.
  var onStep: @Sendable (Int, Int) -> Void {
    let bar = bar
    return { done, _ in bar.advance(to: done) }
  }

  func show(_ progress: SearchRun.Progress) {
    switch progress {
    case .fingerprinting, .preprocessing: break
    case .preparing: bar.begin(at: 0, steps.preparing > 0 ? "supernet" : "")
    case .started(let space, let count):
      finished = count
      done = steps.preparing + count * steps.trial
      console.note("\(Self.count(space)) genotypes to draw from.")
      bar.begin(at: done, "trial \(count + 1)")
    case .trial(let trial):
      finished += 1
      done += steps.trial
      if !console.isQuiet { bar.note(Self.line(trial, titled: title)) }
      bar.begin(at: done, "trial \(finished + 1)")
    case .randomTrial(let trial):
      done += steps.rival
      if !console.isQuiet { bar.note("random search, \(Self.line(trial))") }
      bar.begin(at: done, "random search")
    case .baseline(let baseline):
      done += (baseline.title == "late fusion" ? 0 : baseline.dice.count) * steps.rival
      if !console.isQuiet {
        bar.note(
          baseline.failure.map { "\(baseline.title) failed: \($0)" }
            ?? String(format: "%@: Dice %.3f", baseline.title, baseline.mean))
      }
      bar.begin(at: done, "baselines")
    }
  }

  func finish() { bar.finish() }

  /// The ranking and the baselines, in one table where both have a Dice.
  static func table(of report: SearchReport) -> String {
    let title = report.options.scoreTitle
    var table = TextTable(header: ["Searched", title, "parameters", "seconds"])
    for trial in report.ranking.prefix(10) {
      guard let estimate = trial.estimate else { continue }
      table.add([
        "trial \(trial.number)\(share(of: trial))", String(format: "%.3f", estimate.dice),
        "\(estimate.parameters)", String(format: "%.1f", estimate.seconds),
      ])
    }
    var tables: [String] = []
    if !report.baselines.isEmpty {
      if title == "Dice" {
        table.addRule()
      } else {
        // A proxy's scores have a scale of their own.
        tables.append(table.text)
        table = TextTable(header: ["For comparison", "Dice", "parameters"])
      }
    }
    for baseline in report.baselines {
      let spread = baseline.deviation.map { String(format: " ± %.3f", $0) } ?? ""
      let dice = String(format: "%.3f", baseline.mean) + spread
      let isMeasured = baseline.failure == nil
      table.add([
        baseline.title, isMeasured ? dice : "failed",
        isMeasured ? "\(baseline.parameters)" : "–",
      ])
    }
    let winner = report.best.map { ["Best, trial \($0.number): \($0.genotype)"] } ?? []
    let count = report.failures.count
    let failed = count == 0 ? [] : ["\(count) trial\(count == 1 ? "" : "s") failed."]
    let page = (tables + [table.text]).joined(separator: "\n\n")
    return ([page] + winner + failed).joined(separator: "\n")
  }

  private static func line(
    _ trial: Trial<NetworkDesign>, titled title: String = "Dice"
  ) -> String {
    guard let estimate = trial.estimate else {
      return "trial \(trial.number) failed: \(trial.failure ?? "")"
    }
    return "trial \(trial.number)\(share(of: trial))"
      + String(format: ": %@ %.3f, ", title, estimate.dice)
      + "\(estimate.parameters) parameters, \(trial.genotype)"
  }

  /// How much of the work a trial had, unless it had all of it.
  private static func share(of trial: Trial<NetworkDesign>) -> String {
    trial.share < 1 ? String(format: ", %.3g of the work", trial.share) : ""
  }

  private static func count(_ space: Double) -> String {
    space < 1e9 ? String(format: "%.0f", space) : String(format: "%.2g", space)
  }
}

extension SearchOptions {
  /// The steps of what comes before the first trial, of a trial, and of a training for comparison.
  fileprivate var displayedSteps: (preparing: Int, trial: Int, rival: Int) {
    switch (estimator, supernet.paths) {
    case (.training, _): (0, fidelity.steps, fidelity.steps)
    case (.sharedWeights, .uniform): (supernet.steps, 1, fidelity.steps)
    case (.sharedWeights, .proposed): (0, supernet.stepsPerTrial, fidelity.steps)
    case (.proxy, _): (0, 1, fidelity.steps)
    }
  }
}
