import Imaging

/// `progress.png`: the loss and the validation Dice over the epochs.
enum ProgressPicture {
  static func write(_ records: [EpochRecord], to path: String) throws(ImagingError) {
    let names = Set(records.flatMap(\.diceByLabel.keys)).sorted()
    let labels = names.map { name in
      LineChart.Series(title: name, values: records.map { $0.diceByLabel[name] })
    }
    let mean = LineChart.Series(title: "mean", values: records.map(\.validationDice))
    var charts = [
      LineChart(
        title: "loss: dice + cross-entropy", axis: "epoch",
        series: [.init(title: "training", values: records.map(\.loss))])
    ]
    if !names.isEmpty {
      charts.append(
        LineChart(
          title: "validation dice on patches", axis: "epoch",
          series: names.count > 1 ? [mean] + labels : labels))
    }
    try PNG.write(LineChart.picture(of: charts), to: path)
  }
}
