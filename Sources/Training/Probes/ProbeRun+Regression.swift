public import Metrics
import Networks
import Randomness

extension ProbeRun {
  /// How well each view tells the volume of a structure, in millilitres, from the features of its region.
  /// The first line is what always saying the training cases' mean gives. Views that need a machine are left
  /// out.
  ///
  /// - Throws: ``EmbeddingError/tooLittle(problem:)`` when fewer than two cases show the structure,
  ///   `BoltzmannError` and `TorchError`.
  public func regression(
    ofVolume label: String, onView: (ProbeView) -> Void = { _ in }
  ) throws -> [(title: String, report: RegressionReport)] {
    let samples = try complete { $0.region == label }
    let volumes = samples.map { $0.volume / 1000 }
    func report(_ predicted: [Double]) -> RegressionReport {
      RegressionReport(truth: volumes, predicted: predicted, bootstrap: bootstrap)
    }
    let means = try predictions(for: samples) { training, _ in
      let mean = training.reduce(0) { $0 + volumes[$1] } / Double(training.count)
      return { _ in mean }
    }
    var reports = [(title: "always the mean", report: report(means))]
    for view in views where !view.needsMachine {
      onView(view)
      let predicted = try predictions(for: samples) { training, _ in
        let (fitted, inputs) = try fitted(view, to: training.map { samples[$0] }, nil)
        let head = try RidgeRegression(
          inputs, targets: training.map { volumes[$0] }, penalty: penalty)
        var generator = SplitMix64(seed: seed)
        return { head.value(of: try fitted($0, using: &generator)) }
      }
      reports.append((view.title, report(predicted)))
    }
    return reports
  }
}
