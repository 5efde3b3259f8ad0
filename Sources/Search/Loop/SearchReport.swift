public import Architecture
import Foundation
public import Training

/// What a search found, beside what it must be compared with.
public struct SearchReport: Codable, Sendable {
  public let dataset: String
  public let options: SearchOptions
  public let seed: UInt64

  /// The number of genotypes of the space.
  public let spaceSize: Double

  /// The trials that succeeded, best first.
  public let ranking: [Trial<Genotype>]

  /// The trials that failed.
  public let failures: [Trial<Genotype>]

  /// Single modalities, late and early fusion, and the winner with fresh seeds.
  public let baselines: [Baseline]

  /// The cases that Dice was measured on.
  public var measuredOn: [String] = []

  /// The cases that had to be left out, and why.
  public var leftOut: [CaseFailure] = []

  /// The winner.
  public var best: Trial<Genotype>? { ranking.first }

  /// The trial that the parameter count alone would have chosen: the largest network.
  public var largest: Trial<Genotype>? {
    ranking.max { ($0.estimate?.parameters ?? 0) < ($1.estimate?.parameters ?? 0) }
  }

  /// The trials that no smaller network beats, the best first.
  public var front: [Trial<Genotype>] {
    ParetoFront(of: ranking, by: [.dice, .parameters, .multiplyAdds]).trials
  }

  /// Spearman's rank correlation of the parameter count with Dice; `nil` below three trials.
  public var parameterCorrelation: Double? {
    let estimates = ranking.compactMap(\.estimate)
    return RankCorrelation.spearman(
      estimates.map { Double($0.parameters) }, estimates.map(\.dice))
  }
}

extension SearchReport {
  /// The report as a page to read.
  public var markdown: String {
    var lines = [
      "# Search on \(dataset)", "",
      "\(options.strategy.rawValue) search, \(ranking.count + failures.count) trials of "
        + "\(Self.count(spaceSize)) genotypes, seed \(seed).",
      "Each trial: \(options.fidelity.steps) steps, \(options.fidelity.baseChannels) base channels, "
        + "Dice on \(measuredOn.count) whole cases that were not learnt from.", "",
    ]
    for failure in leftOut {
      let reason = failure.reason.replacingOccurrences(of: "\n", with: " ")
      lines.append("- left out: \(failure.caseName): \(reason)")
    }
    if !leftOut.isEmpty { lines.append("") }
    lines += [
      "## Trials", "", "| place | trial | Dice | parameters | seconds | genotype |",
      "|---|---|---|---|---|---|",
    ]
    for (place, trial) in ranking.enumerated() {
      guard let estimate = trial.estimate else { continue }
      lines.append(
        "| \(place + 1) | \(trial.number) | \(Self.dice(estimate.dice)) | \(estimate.parameters) "
          + "| \(String(format: "%.1f", estimate.seconds)) | `\(trial.genotype)` |")
    }
    for trial in failures {
      let reason = (trial.failure ?? "").replacingOccurrences(of: "\n", with: " ")
      lines.append("| failed | \(trial.number) | | | | `\(trial.genotype)`: \(reason) |")
    }
    lines += ["", "![Dice over the trials and over the size](progress.png)", ""]
    return (lines + paretoFront + ["## Beside the winner", ""] + honesty + [""])
      .joined(separator: "\n")
  }

  /// What more Dice costs.
  private var paretoFront: [String] {
    var lines = [
      "## Pareto front", "",
      "No other trial has at once as much Dice, as few parameters and as few multiply-adds:", "",
      "| trial | Dice | parameters | multiply-adds | seconds | genotype |",
      "|---|---|---|---|---|---|",
    ]
    for trial in front {
      guard let estimate = trial.estimate else { continue }
      lines.append(
        "| \(trial.number) | \(Self.dice(estimate.dice)) | \(estimate.parameters) "
          + String(format: "| %.3g | %.1f ", estimate.multiplyAdds, estimate.seconds)
          + "| `\(trial.genotype)` |")
    }
    return lines + [""]
  }

  /// The honesty block.
  private var honesty: [String] {
    var lines = ["| what | Dice | parameters |", "|---|---|---|"]
    if let best = best?.estimate {
      lines.append("| winner, in the search | \(Self.dice(best.dice)) | \(best.parameters) |")
    }
    if let largest, let estimate = largest.estimate {
      lines.append(
        "| chosen by parameter count (trial \(largest.number)) | \(Self.dice(estimate.dice)) "
          + "| \(estimate.parameters) |")
    }
    for baseline in baselines {
      let spread = baseline.deviation.map { " ± \(Self.dice($0))" } ?? ""
      lines.append(
        "| \(baseline.title) | \(Self.dice(baseline.mean))\(spread) | \(baseline.parameters) |")
    }
    lines += [
      "",
      baselines.isEmpty
        ? "Baselines were not measured: the pipeline says \"baselines\": false."
        : "Baselines: the mean over \(options.seeds) seed(s), ± one standard deviation when there "
          + "is more than one, at the fidelity of the trials.",
      "The winner's Dice in the search is the best of many and therefore optimistic. Fresh seeds "
        + "take the luck of its seed out, not that of its cases: it was chosen on the cases that all "
        + "rows are measured on. Train it and its rivals, and compare on cases held out with --fold.",
      "Random search with the same budget is the search itself when the strategy is random.",
    ]
    if let correlation = parameterCorrelation {
      lines.append(
        "Spearman's rank correlation of parameter count and Dice over the trials: "
          + String(format: "%.2f", correlation) + ".")
    }
    return lines
  }

  private static func dice(_ value: Double) -> String { String(format: "%.4f", value) }

  private static func count(_ value: Double) -> String {
    value < 1e9 ? String(Int(value)) : String(format: "%.3g", value)
  }
}
