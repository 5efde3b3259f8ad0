/// A simple chart of numbers over steps, for run folders.
public struct LineChart: Sendable {
  /// One line; `nil` where there is no number.
  public struct Series: Sendable {
    public let title: String
    public let values: [Double?]

    public init(title: String, values: [Double?]) {
      self.title = title
      self.values = values
    }
  }

  private static let size = (width: 640, height: 300)
  private static let margin = (left: 84, right: 20, top: 40, bottom: 40)

  public let title: String
  public let axis: String
  public let series: [Series]

  /// - Parameters:
  ///   - axis: What the horizontal axis counts, from 1.
  public init(title: String, axis: String, series: [Series]) {
    self.title = title
    self.axis = axis
    self.series = series
  }

  /// Several charts below each other.
  public static func picture(of charts: [LineChart]) -> PNGImage {
    var canvas = Canvas(
      width: size.width, height: size.height * charts.count, filledWith: .white)
    for (index, chart) in charts.enumerated() {
      chart.draw(on: &canvas, top: index * size.height)
    }
    return canvas.image
  }

  /// Where the lines go.
  private struct Plot {
    let left: Int
    let top: Int
    let width: Int
    let height: Int
    let lower: Double
    let upper: Double
    let steps: Int

    /// The pixel of a value; one step alone stands in the middle.
    func point(step: Int, value: Double) -> (Int, Int) {
      let across = steps > 1 ? Double(step) / Double(steps - 1) : 0.5
      let down = (upper - value) / (upper - lower)
      return (left + Int(across * Double(width - 1)), top + Int(down * Double(height)))
    }
  }

  private func draw(on canvas: inout Canvas, top: Int) {
    let known = series.flatMap(\.values).compactMap { $0 }.filter(\.isFinite)
    let lower = min(0, known.min() ?? 0)
    let plot = Plot(
      left: Self.margin.left, top: top + Self.margin.top,
      width: Self.size.width - Self.margin.left - Self.margin.right,
      height: Self.size.height - Self.margin.top - Self.margin.bottom,
      lower: lower, upper: max(known.max() ?? 1, lower + 1e-9),
      steps: series.map(\.values.count).max() ?? 0)
    drawFrame(of: plot, on: &canvas)
    var legend = plot.left + plot.width
    for (index, entry) in series.enumerated() {
      let colour = Palette.colour(of: UInt16(index + 1)).mixed(with: .black, part: 0.25)
      let points = entry.values.enumerated().compactMap { step, value in
        value.flatMap { $0.isFinite ? plot.point(step: step, value: $0) : nil }
      }
      Self.connect(points, on: &canvas, colour: colour)
      legend -= Canvas.width(of: entry.title + " ", scale: 1)
      canvas.write(
        entry.title, column: legend, row: plot.top + plot.height + 18, scale: 1, colour: colour)
    }
  }

  /// Title, horizontal lines and their values.
  private func drawFrame(of plot: Plot, on canvas: inout Canvas) {
    canvas.write(title, column: plot.left, row: plot.top - 26, colour: .black)
    let axisText = plot.steps == 0 ? axis : "\(axis) 1-\(plot.steps)"
    canvas.write(axisText, column: plot.left, row: plot.top + plot.height + 14, colour: .black)
    for line in 0...4 {
      let row = plot.top + plot.height * line / 4
      canvas.fill(column: plot.left, row: row, width: plot.width, height: 1, with: .grey(210))
      let value = plot.upper - (plot.upper - plot.lower) * Double(line) / 4
      canvas.write(Self.text(value), column: 8, row: row - 7, colour: .grey(60))
    }
  }

  /// Draws straight lines of two pixels from point to point, and a dot on each.
  private static func connect(_ points: [(Int, Int)], on canvas: inout Canvas, colour: Colour) {
    for (start, end) in zip(points, points.dropFirst()) {
      let length = max(abs(end.0 - start.0), abs(end.1 - start.1), 1)
      for step in 0...length {
        let column = start.0 + (end.0 - start.0) * step / length
        let row = start.1 + (end.1 - start.1) * step / length
        canvas.fill(column: column, row: row, width: 2, height: 2, with: colour)
      }
    }
    for point in points {
      canvas.fill(column: point.0 - 2, row: point.1 - 2, width: 5, height: 5, with: colour)
    }
  }

  /// Three decimals, without Foundation.
  private static func text(_ value: Double) -> String {
    guard value.magnitude < 1e9 else { return value < 0 ? "-HUGE" : "HUGE" }
    let scaled = Int((value.magnitude * 1000).rounded())
    let decimals = String(1000 + scaled % 1000).dropFirst()
    return (value < 0 && scaled > 0 ? "-" : "") + "\(scaled / 1000).\(decimals)"
  }
}
