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

  private func draw(on canvas: inout Canvas, top: Int) {
    let plot = (
      left: Self.margin.left, top: top + Self.margin.top,
      width: Self.size.width - Self.margin.left - Self.margin.right,
      height: Self.size.height - Self.margin.top - Self.margin.bottom
    )
    let known = series.flatMap(\.values).compactMap { $0 }.filter(\.isFinite)
    let steps = series.map(\.values.count).max() ?? 0
    canvas.write(title, column: plot.left, row: top + 14, colour: .black)
    let axisText = steps == 0 ? axis : "\(axis) 1-\(steps)"
    canvas.write(axisText, column: plot.left, row: plot.top + plot.height + 14, colour: .black)
    var lower = min(0, known.min() ?? 0)
    let upper = max(known.max() ?? 1, lower + 1e-9)
    if upper == lower { lower -= 1 }
    for line in 0...4 {
      let row = plot.top + plot.height * line / 4
      canvas.fill(column: plot.left, row: row, width: plot.width, height: 1, with: .grey(210))
      let value = upper - (upper - lower) * Double(line) / 4
      canvas.write(Self.text(value), column: 8, row: row - 7, colour: .grey(60))
    }
    for (index, entry) in series.enumerated() {
      let colour = Palette.colour(of: UInt16(index + 1)).mixed(with: .black, part: 0.25)
      let points = entry.values.enumerated().compactMap { step, value -> (Int, Int)? in
        guard let value, value.isFinite else { return nil }
        let across = steps > 1 ? Double(step) / Double(steps - 1) : 0.5
        let down = (upper - value) / (upper - lower)
        return (
          plot.left + Int(across * Double(plot.width - 1)),
          plot.top + Int(down * Double(plot.height))
        )
      }
      Self.connect(points, on: &canvas, colour: colour)
      let column = plot.left + plot.width - Canvas.width(of: entry.title)
      canvas.write(entry.title, column: column, row: plot.top + 8 + 18 * index, colour: colour)
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
