import Architecture
import Foundation
import Training

extension SearchReport {
  /// The report as a page to read.
  public var markdown: String {
    let trial =
      options.scheduler == .full
      ? "Each trial" : "Schedule: \(options.scheduler.rawValue). All of the work"
    var lines = [
      "# Search on \(dataset)", "",
      "\(options.strategy.rawValue) search, \(ranking.count + failures.count) trials of "
        + "\(Self.count(spaceSize)) genotypes, seed \(seed).",
      "\(trial): \(work), \(options.fidelity.baseChannels) base channels, "
        + (options.estimator == .proxy
          ? "no training." : "Dice on \(measuredOn.count) whole cases that were not learnt from."),
    ]
    if options.subsets != .full, options.estimator != .proxy || !baselines.isEmpty {
      let which = options.subsets == .mean ? "mean over" : "worst of"
      lines.append("Dice is the \(which) every subset of the modalities, here and below.")
    }
    lines += [""] + judgement
    for failure in leftOut {
      let reason = failure.reason.replacingOccurrences(of: "\n", with: " ")
      lines.append("- left out: \(failure.caseName): \(reason)")
    }
    if !leftOut.isEmpty { lines.append("") }
    if let limits { lines += [limits.sentence, ""] }
    lines += [
      "## Trials", "",
      "| place | trial | \(options.scoreTitle) | parameters | seconds | genotype |",
      "|---|---|---|---|---|---|",
    ]
    for (place, trial) in ranking.enumerated() {
      guard let estimate = trial.estimate else { continue }
      lines.append(
        "| \(place + 1) | \(trial.number) | \(Self.dice(estimate.dice)) | \(estimate.parameters) "
          + "| \(String(format: "%.1f", estimate.seconds)) | `\(trial.genotype)`"
          + "\(Self.remarks(on: trial)) |")
    }
    for trial in failures {
      let reason = (trial.failure ?? "").replacingOccurrences(of: "\n", with: " ")
      lines.append("| failed | \(trial.number) | | | | `\(trial.genotype)`: \(reason) |")
    }
    lines += [
      "", "![The best genotype](best.png)", "",
      "![\(options.scoreTitle) over the trials and over the time](progress.png)", "",
    ]
    return (lines + paretoFront + ["## Beside the winner", ""] + honesty + [""])
      .joined(separator: "\n")
  }

  /// What a trial is given.
  private var work: String {
    switch options.estimator {
    case .training: "\(options.fidelity.steps) steps"
    case .sharedWeights: "the weights of a supernet"
    case .proxy: "the proxy \(options.proxy.name.rawValue) on \(options.proxy.patches) patches"
    }
  }

  /// How the trials were judged, where their Dice is not that of a training.
  private var judgement: [String] {
    let seconds = (ranking + failures).compactMap(\.preparing).reduce(0, +)
    let proxy = options.proxy
    let choosing =
      proxy.proposals > 1 || options.strategy.differentiable != nil
      ? " and choosing the proposals" : ""
    let time =
      String(
        format: "Its training\(choosing) took %.1f s in all, beside those of the trials.", seconds)
      + (proxy.proposals > 1
        ? " Of every \(proxy.proposals) proposals the best by the proxy \(proxy.name.rawValue) became a "
          + "trial." : "")
    guard options.estimator == .sharedWeights else {
      return options.strategy.differentiable == nil
        ? proxyJudgement(seconds: seconds)
        : ["The strategy follows gradients through a supernet. " + time, ""]
    }
    let training =
      options.supernet.paths == .uniform
      ? "was trained for \(options.supernet.steps) steps, each with a genotype drawn uniformly"
      : "is trained for \(options.supernet.stepsPerTrial) steps with each genotype before its trial"
    return [
      "The supernet \(training). Dice with shared weights only ranks genotypes: what the winner reaches "
        + "on its own is said beside the baselines. " + time, "",
    ]
  }

  /// What proxies have to do with the trials.
  private func proxyJudgement(seconds: Double) -> [String] {
    let proxy = options.proxy
    if options.estimator == .proxy {
      return [
        "The score of a genotype is not its Dice: what the winner reaches is said beside the baselines.",
        "",
      ]
    }
    guard proxy.proposals > 1 else { return [] }
    return [
      "Of every \(proxy.proposals) proposals the best by the proxy \(proxy.name.rawValue) became a trial"
        + String(format: ", which took %.1f s in all.", seconds), "",
    ]
  }

  /// What more Dice costs.
  private var paretoFront: [String] {
    var lines = [
      "## Pareto front", "",
      "No other trial has at once as much \(options.scoreTitle), as few parameters and as few "
        + "multiply-adds:", "",
      "| trial | \(options.scoreTitle) | parameters | multiply-adds | seconds | genotype |",
      "|---|---|---|---|---|---|",
    ]
    for trial in front {
      guard let estimate = trial.estimate else { continue }
      lines.append(
        "| \(trial.number) | \(Self.dice(estimate.dice)) | \(estimate.parameters) "
          + String(format: "| %.3g | %.1f ", estimate.multiplyAdds, estimate.seconds)
          + "| `\(trial.genotype)` |")
    }
    lines += foretoldCosts
    return lines + ["", "![\(options.scoreTitle) over the size](front.png)", ""]
  }

  /// What must be known about a trial beside its score.
  private static func remarks(on trial: Trial<NetworkDesign>) -> String {
    var remarks: [String] = []
    if trial.share < 1 {
      remarks.append(String(format: "%.3g of the work", trial.share))
    }
    if let original = trial.copyOf { remarks.append("the network of trial \(original)") }
    if let parent = trial.parent {
      remarks.append(
        String(
          format: "child of trial %d with %.0f %% of its weights from it", parent,
          100 * (trial.estimate?.inherited ?? 0)))
    }
    if let prediction = trial.estimate?.prediction {
      remarks.append(
        String(
          format: "stopped after %.0f %%, Dice foretold ± %.4f", 100 * prediction.after,
          prediction.deviation))
    }
    return remarks.isEmpty ? "" : "; " + remarks.joined(separator: "; ")
  }

  /// The honesty block.
  private var honesty: [String] {
    var lines = ["| what | Dice | parameters |", "|---|---|---|"]
    let areDice = options.estimator != .proxy
    if areDice, let best = best?.estimate {
      lines.append(
        "| winner, in the search\(Self.part(self.best)) | \(Self.dice(best.dice)) "
          + "| \(best.parameters) |")
    }
    if areDice, let largest, let estimate = largest.estimate {
      lines.append(
        "| chosen by parameter count (trial \(largest.number))\(Self.part(largest)) "
          + "| \(Self.dice(estimate.dice)) "
          + "| \(estimate.parameters) |")
    }
    if let randomBest, let estimate = randomBest.estimate {
      lines.append(
        "| random search with the same budget, its best | \(Self.dice(estimate.dice)) "
          + "| \(estimate.parameters) |")
    }
    for baseline in baselines {
      if let failure = baseline.failure {
        lines.append(
          "| \(baseline.title) | failed: \(failure.replacingOccurrences(of: "\n", with: " ")) | |")
        continue
      }
      let spread = baseline.deviation.map { " ± \(Self.dice($0))" } ?? ""
      lines.append(
        "| \(baseline.title) | \(Self.dice(baseline.mean))\(spread) | \(baseline.parameters) |")
    }
    lines += [
      "",
      baselines.isEmpty
        ? "Baselines were not measured: the pipeline says \"baselines\": false."
        : "Baselines: the mean over \(options.seeds) seed(s), ± one standard deviation when there "
          + "is more than one, at the fidelity of the trials"
          + (options.inheritsWeights ? " but for the steps." : "."),
      !areDice
        ? "Scores of the proxy are not in this table, since they are no Dice. The winner was chosen "
          + "without looking at any mask of the cases that all rows are measured on."
        : "The winner's Dice in the search is the best of many and therefore optimistic. Fresh seeds "
          + "take the luck of its seed out, not that of its cases: it was chosen on the cases that all "
          + "rows are measured on. Train it and its rivals, and compare on cases held out with --fold.",
    ]
    if options.isPlainRandomSearch {
      lines.append("Random search with the same budget is this search itself.")
    } else if randomBest != nil {
      lines.append(
        options.countsTrainings
          ? "Random search had the same number of trials or seconds, all the work for every genotype"
            + (options.stopsHopeless ? " unless it was stopped." : ".")
          : "Random search began no training after as many seconds as this search took in all.")
    } else if !baselines.isEmpty {
      lines.append("No trial of random search succeeded.")
    }
    lines += inheritance
    if let correlation = parameterCorrelation {
      lines.append(
        "Rank correlation of parameter count and \(options.scoreTitle) over the trials: "
          + "\(correlation).")
    }
    return lines + fidelity.sentences
  }

  /// What stands behind the winner's weights, where they are inherited.
  private var inheritance: [String] {
    guard options.inheritsWeights, let best else { return [] }
    let line = Lineage.ancestry(of: best, in: ranking)
    let steps = line.count * options.fidelity.steps
    let numbers = line.map { String($0.number) }.joined(separator: ", ")
    return [
      "Behind the winner's weights stand \(line.count) training(s), of the trials \(numbers): \(steps) steps"
        + String(format: " and %.1f s in all. ", line.reduce(0) { $0 + $1.seconds })
        + (baselines.isEmpty
          ? ""
          : "Single modalities, fusions and winners with fresh seeds were trained from the start for as "
            + "many steps each; a training of random search has \(options.fidelity.steps).")
    ]
  }

  /// What a trial was judged with, where that is not all the work.
  private static func part(_ trial: Trial<NetworkDesign>?) -> String {
    guard let share = trial?.share, share < 1 else { return "" }
    return String(format: " (%.3g of the work)", share)
  }

  private static func dice(_ value: Double) -> String { String(format: "%.4f", value) }

  private static func count(_ value: Double) -> String {
    value < 1e9 ? String(Int(value)) : String(format: "%.3g", value)
  }
}
