import Architecture
import Imaging

/// The charts of a report.
enum SearchPicture {
  /// `progress.png`: the score trial by trial, and the best so far over the seconds of estimating.
  ///
  /// Only trials with the largest share of the work are shown: others cannot be compared with them.
  static func writeProgress<Candidate>(
    of trials: [Trial<Candidate>], titled title: String = "Dice", to path: String
  ) throws(ImagingError) {
    let (lines, points) = progress(of: trials, titled: title)
    let images = [LineChart.picture(of: [lines]), PointChart.picture(of: [points])]
    try PNG.write(PNGImage.stacked(images), to: path)
  }

  static func progress<Candidate>(
    of trials: [Trial<Candidate>], titled title: String = "Dice"
  ) -> (lines: LineChart, points: PointChart) {
    let share = trials.map(\.share).max() ?? 1
    let full = trials.map { $0.share == share ? $0.estimate?.dice : nil }
    var seconds = 0.0
    var best: [(x: Double, y: Double)] = []
    for (trial, dice) in zip(trials, full) {
      seconds += trial.seconds
      if let dice { best.append((seconds, max(dice, best.last?.y ?? dice))) }
    }
    return (
      LineChart(
        title: "\(title.lowercased()), trial by trial", axis: "trial",
        series: [
          .init(title: "best so far", values: Self.best(of: full)),
          .init(title: "this trial", values: full),
        ]),
      PointChart(
        title: "best \(title.lowercased()) so far", xAxis: "seconds of estimating",
        series: [.init(title: "best so far", points: best, isStaircase: true)])
    )
  }

  /// `front.png`: the score over the number of weights, and which trials no smaller network beats.
  static func writeFront<Candidate>(
    of ranking: [Trial<Candidate>], titled title: String = "Dice", to path: String
  ) throws(ImagingError) {
    try PNG.write(PointChart.picture(of: [front(of: ranking, titled: title)]), to: path)
  }

  static func front<Candidate>(
    of ranking: [Trial<Candidate>], titled title: String = "Dice"
  ) -> PointChart {
    let share = ranking.first?.share
    let comparable = ranking.filter { $0.share == share }
    func points(_ trials: [Trial<Candidate>]) -> [(x: Double, y: Double)] {
      trials.compactMap(\.estimate).map { (Double($0.parameters), $0.dice) }
    }
    return PointChart(
      title: "\(title.lowercased()) over size", xAxis: "parameters",
      series: [
        .init(title: "trials", points: points(comparable)),
        .init(
          title: "Pareto front",
          points: points(ParetoFront(of: comparable, by: [.dice, .parameters]).trials),
          isStaircase: true),
      ])
  }

  /// The highest value up to each place; `nil` before the first.
  private static func best(of values: [Double?]) -> [Double?] {
    var best: Double?
    return values.map { value in
      if let value { best = max(value, best ?? value) }
      return best
    }
  }
}
