/// A chart of points in a plane, such as quality over cost.
public struct PointChart: Sendable {
  /// Points of one kind.
  public struct Series: Sendable {
    public let title: String
    public let points: [(x: Double, y: Double)]

    /// Whether the points are joined, in the order of their x, by steps that go right first.
    public let isStaircase: Bool

    public init(title: String, points: [(x: Double, y: Double)], isStaircase: Bool = false) {
      self.title = title
      self.points = points.filter { $0.x.isFinite && $0.y.isFinite }
      self.isStaircase = isStaircase
    }
  }

  private static let size = (width: 640, height: 420)
  private static let margin = (left: 92, right: 40, top: 40, bottom: 76)

  public let title: String
  public let xAxis: String
  public let series: [Series]

  /// - Parameter xAxis: What is drawn from left to right; the title says what from bottom to top.
  public init(title: String, xAxis: String, series: [Series]) {
    self.title = title
    self.xAxis = xAxis
    self.series = series
  }

  /// What part of the plane is shown where.
  private struct Frame {
    let x: ClosedRange<Double>
    let y: ClosedRange<Double>

    init(_ points: [(x: Double, y: Double)]) {
      x = Self.range(of: points.map(\.x))
      y = Self.range(of: points.map(\.y))
    }

    /// From the least to the largest value with a little room; around a single value.
    private static func range(of values: [Double]) -> ClosedRange<Double> {
      guard let least = values.min(), let most = values.max() else { return 0...1 }
      let room = most > least ? (most - least) / 20 : max(most.magnitude / 20, 1e-3)
      return (least - room)...(most + room)
    }

    func pixel(_ point: (x: Double, y: Double)) -> (column: Int, row: Int) {
      let across = (point.x - x.lowerBound) / (x.upperBound - x.lowerBound)
      let up = (point.y - y.lowerBound) / (y.upperBound - y.lowerBound)
      let width = size.width - margin.left - margin.right
      let height = size.height - margin.top - margin.bottom
      return (
        margin.left + Int(across * Double(width)), margin.top + Int((1 - up) * Double(height))
      )
    }
  }

  /// Several charts below each other.
  public static func picture(of charts: [PointChart]) -> PNGImage {
    var canvas = Canvas(
      width: size.width, height: size.height * max(1, charts.count), filledWith: .white)
    for (index, chart) in charts.enumerated() { chart.draw(on: &canvas, top: index * size.height) }
    return canvas.image
  }

  private func draw(on canvas: inout Canvas, top: Int) {
    let frame = Frame(series.flatMap(\.points))
    drawGrid(frame, on: &canvas, top: top)
    var legend = Self.margin.left
    for (index, entry) in series.enumerated() {
      let colour = Palette.colour(of: UInt16(index + 1)).mixed(with: .black, part: 0.25)
      let pixels = entry.points.sorted { $0.x < $1.x }.map { point in
        let pixel = frame.pixel(point)
        return (column: pixel.column, row: pixel.row + top)
      }
      for (start, end) in zip(pixels, pixels.dropFirst()) where entry.isStaircase {
        let corner = (column: end.column, row: start.row)
        canvas.drawLine(from: start, to: corner, colour: colour)
        canvas.drawLine(from: corner, to: end, colour: colour)
      }
      for pixel in pixels {
        canvas.fill(
          column: pixel.column - 3, row: pixel.row - 3, width: 7, height: 7, with: colour)
      }
      let row = top + Self.size.height - 24
      canvas.fill(column: legend, row: row, width: 9, height: 9, with: colour)
      canvas.write(entry.title, column: legend + 14, row: row + 1, scale: 1, colour: colour)
      legend += 14 + Canvas.width(of: entry.title + "   ", scale: 1)
    }
  }

  /// Title, grid and the numbers along both axes.
  private func drawGrid(_ frame: Frame, on canvas: inout Canvas, top: Int) {
    canvas.write(title, column: Self.margin.left, row: top + 14, colour: .black)
    for line in 0...4 {
      let part = Double(line) / 4
      let x = frame.x.lowerBound + part * (frame.x.upperBound - frame.x.lowerBound)
      let y = frame.y.lowerBound + part * (frame.y.upperBound - frame.y.lowerBound)
      let low = frame.pixel((x, frame.y.lowerBound))
      let left = frame.pixel((frame.x.lowerBound, y))
      canvas.fill(
        column: left.column, row: top + left.row,
        width: Self.size.width - Self.margin.left - Self.margin.right, height: 1, with: .grey(210))
      canvas.fill(
        column: low.column, row: top + Self.margin.top, width: 1, height: low.row - Self.margin.top,
        with: .grey(210))
      canvas.write(Self.text(y), column: 8, row: top + left.row - 7, colour: .grey(60))
      let number = Self.text(x)
      canvas.write(
        number, column: low.column - Canvas.width(of: number, scale: 1) / 2,
        row: top + low.row + 8, scale: 1, colour: .grey(60))
    }
    canvas.write(
      xAxis, column: Self.margin.left, row: top + Self.size.height - Self.margin.bottom + 26,
      colour: .black)
  }

  /// A number with about three digits, without Foundation.
  static func text(_ value: Double) -> String {
    let sign = value < 0 ? "-" : ""
    switch value.magnitude {
    case ..<1000:
      let decimals = value.magnitude < 10 ? 3 : value.magnitude < 100 ? 2 : 1
      let scale = decimals == 3 ? 1000 : decimals == 2 ? 100 : 10
      let scaled = Int((value.magnitude * Double(scale)).rounded())
      return sign + "\(scaled / scale)." + String(scale + scaled % scale).dropFirst()
    case ..<1e6: return sign + text(value.magnitude / 1e3) + "K"
    case ..<1e9: return sign + text(value.magnitude / 1e6) + "M"
    case ..<1e12: return sign + text(value.magnitude / 1e9) + "G"
    case ..<1e15: return sign + text(value.magnitude / 1e12) + "T"
    default: return sign + "HUGE"
    }
  }
}
