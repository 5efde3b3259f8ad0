import Architecture
import Imaging

/// `progress.png`: the Dice over the trials, and the best Dice that a network's size can have.
enum SearchPicture {
  static func write<Candidate>(
    _ trials: [Trial<Candidate>], to path: String
  ) throws(ImagingError) {
    let dice = trials.map { $0.estimate?.dice }
    let estimates = trials.compactMap(\.estimate).sorted { $0.parameters < $1.parameters }
    let charts = [
      LineChart(
        title: "dice, trial by trial", axis: "trial",
        series: [
          .init(title: "best so far", values: best(of: dice)),
          .init(title: "this trial", values: dice),
        ]),
      LineChart(
        title: "dice, smallest network to largest", axis: "network",
        series: [
          .init(title: "best up to this size", values: best(of: estimates.map(\.dice))),
          .init(title: "this network", values: estimates.map(\.dice)),
        ]),
    ]
    try PNG.write(LineChart.picture(of: charts), to: path)
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
