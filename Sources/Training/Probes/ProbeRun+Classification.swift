public import Metrics
import Networks
import Randomness

extension ProbeRun {
  /// How well each view tells which label is in a region: in patches where there are any, else in the
  /// labels' regions. The first line is what always guessing the most frequent label gives.
  ///
  /// - Throws: ``EmbeddingError/tooLittle(problem:)`` when there are fewer than two labels or cases,
  ///   `BoltzmannError` and `TorchError`.
  public func classification(
    onView: (ProbeView) -> Void = { _ in }
  ) throws -> [(title: String, report: ClassificationReport)] {
    let regions = try complete { $0.label != nil }
    let patches = regions.filter { $0.region.hasPrefix("patch-") }
    let samples = patches.isEmpty ? regions : patches
    let labels = Set(samples.compactMap(\.label)).sorted()
    guard labels.count > 1 else {
      throw EmbeddingError.tooLittle(problem: "only one label, \(labels.joined())")
    }
    let classes = samples.map { labels.firstIndex(of: $0.label ?? "") ?? 0 }
    func report(_ predicted: [Int]) -> ClassificationReport {
      ClassificationReport(
        cases: samples.map(\.caseName), truth: classes, predicted: predicted,
        bootstrap: bootstrap)
    }
    let majority = try predictions(for: samples) { training, _ in
      let most = Self.mostFrequent(training.map { classes[$0] }, of: labels.count)
      return { _ in most }
    }
    var reports = [(title: "always the most frequent", report: report(majority))]
    let machines = try machines(for: samples)
    for view in views {
      onView(view)
      let predicted = try predictions(for: samples) { training, fold in
        let (fitted, inputs) = try fitted(
          view, to: training.map { samples[$0] }, machines.isEmpty ? nil : machines[fold])
        let head = try LogisticRegression(
          inputs, classes: training.map { classes[$0] }, classCount: labels.count,
          penalty: penalty)
        var generator = SplitMix64(seed: seed)
        return { head.label(of: try fitted($0, using: &generator)) }
      }
      reports.append((view.title, report(predicted)))
    }
    return reports
  }

  /// The lowest of the classes that occur most often.
  private static func mostFrequent(_ classes: [Int], of count: Int) -> Int {
    let counts = (0..<count).map { label in classes.count { $0 == label } }
    return counts.indices.dropFirst().reduce(0) { counts[$1] > counts[$0] ? $1 : $0 }
  }
}
