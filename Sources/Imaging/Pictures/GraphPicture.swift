/// A drawn directed acyclic graph: boxes from left to right, arrows with their names between them.
public struct GraphPicture: Sendable {
  /// A box.
  public struct Box: Sendable {
    public let title: String

    /// Whether it has a second frame.
    public let isMarked: Bool

    public init(title: String, isMarked: Bool = false) {
      self.title = title
      self.isMarked = isMarked
    }
  }

  /// An arrow from one box to a later one.
  public struct Arrow: Sendable {
    public let from: Int
    public let to: Int
    public let title: String

    public init(from: Int, to: Int, title: String) {
      self.from = from
      self.to = to
      self.title = title
    }
  }

  private static let boxWidth = 148
  private static let leastHeight = 44

  /// From one arrow's end to the next below it: a name's height and a little room.
  private static let pitch = 11
  private static let gap = (across: 130, down: 40)
  private static let margin = 24
  private static let heading = 40

  public let title: String
  public let boxes: [Box]
  public let arrows: [Arrow]

  /// - Precondition: Every arrow goes from a box to one with a higher number.
  public init(title: String, boxes: [Box], arrows: [Arrow]) {
    precondition(
      arrows.allSatisfy { boxes.indices.contains($0.to) && (0..<$0.to).contains($0.from) },
      "an arrow must go to a later box")
    self.title = title
    self.boxes = boxes
    self.arrows = arrows
  }

  /// Several graphs below each other.
  public static func picture(of graphs: [GraphPicture]) -> PNGImage {
    let layouts = graphs.map(\.layout)
    var canvas = Canvas(
      width: max(2 * margin, layouts.map(\.width).max() ?? 0),
      height: max(2 * margin, layouts.map(\.height).reduce(0, +)), filledWith: .white)
    var top = 0
    for (graph, layout) in zip(graphs, layouts) {
      graph.draw(layout, on: &canvas, top: top)
      top += layout.height
    }
    return canvas.image
  }

  /// Where everything stands, below the picture's top.
  private struct Layout {
    /// The boxes' top left corners.
    var corners: [(column: Int, row: Int)]
    var boxHeight: Int

    /// The corners of each arrow's line, its tip last.
    var routes: [[(column: Int, row: Int)]]
    var width: Int
    var height: Int
  }

  /// A box stands right of all that it reads; those of one column stand below each other, a column
  /// half a box lower than the one before, so that long arrows find room between boxes.
  private var layout: Layout {
    var columns = boxes.map { _ in 0 }
    for arrow in arrows.sorted(by: { $0.to < $1.to }) {
      columns[arrow.to] = max(columns[arrow.to], columns[arrow.from] + 1)
    }
    let ends = boxes.indices.map { box in arrows.count { $0.to == box } }
    let boxHeight = max(Self.leastHeight, Self.pitch * ((ends.max() ?? 0) + 1))
    var filled: [Int: Int] = [:]
    let down = boxHeight + Self.gap.down
    let corners = columns.map { column in
      let place = filled[column, default: 0]
      filled[column] = place + 1
      return (
        column: Self.left(of: column), row: Self.heading + place * down + (column % 2) * down / 2
      )
    }
    let routes = routes(columns: columns, corners: corners, boxHeight: boxHeight)
    let right = corners.map(\.column).max() ?? 0
    let bottom = corners.map(\.row).max() ?? 0
    let lowest = routes.joined().map(\.row).max() ?? 0
    return Layout(
      corners: corners, boxHeight: boxHeight, routes: routes,
      width: max(right + Self.boxWidth, Canvas.width(of: title)) + Self.margin,
      height: max(bottom + boxHeight, lowest) + Self.margin)
  }

  private static func left(of column: Int) -> Int { margin + column * (boxWidth + gap.across) }

  /// Arrows past other columns take lanes between their boxes.
  private func routes(
    columns: [Int], corners: [(column: Int, row: Int)], boxHeight: Int
  ) -> [[(column: Int, row: Int)]] {
    var lanes = GraphLanes(
      boxes: zip(columns, corners).map { ($0, $1.row...($1.row + boxHeight)) },
      below: Self.heading)
    return arrows.map { arrow in
      let places = arrows.filter { $0.to == arrow.to }.map(\.from).sorted()
      let place = places.firstIndex(of: arrow.from) ?? 0
      let start = (
        column: corners[arrow.from].column + Self.boxWidth,
        row: corners[arrow.from].row + boxHeight / 2
      )
      let tip = (
        column: corners[arrow.to].column,
        row: corners[arrow.to].row + boxHeight * (place + 1) / (places.count + 1)
      )
      var route = [start]
      for column in columns[arrow.from] + 1..<columns[arrow.to] {
        let left = Self.left(of: column)
        let across = left + Self.boxWidth / 2 - start.column
        let straight = start.row + (tip.row - start.row) * across / (tip.column - start.column)
        let row = lanes.take(in: column, near: straight)
        route += [(left, row), (left + Self.boxWidth, row)]
      }
      // Its name stands on the level end.
      let level = min(Canvas.width(of: arrow.title, scale: 1) + 24, Self.gap.across - 20)
      return route + [(tip.column - level, tip.row), tip]
    }
  }

  private func draw(_ layout: Layout, on canvas: inout Canvas, top: Int) {
    canvas.write(title, column: Self.margin, row: top + 12, colour: .black)
    for route in layout.routes {
      canvas.drawArrow(along: route.map { ($0.column, $0.row + top) }, colour: .grey(90))
    }
    // Names after all lines, so that none is crossed out.
    for (arrow, route) in zip(arrows, layout.routes) {
      guard let tip = route.last else { continue }
      canvas.name(arrow.title, before: (tip.column, tip.row + top))
    }
    for (box, corner) in zip(boxes, layout.corners) {
      Self.draw(
        box, on: &canvas, column: corner.column, row: top + corner.row, height: layout.boxHeight)
    }
  }

  private static func draw(
    _ content: Box, on canvas: inout Canvas, column: Int, row: Int, height: Int
  ) {
    let frames = content.isMarked ? [0, 4] : [0]
    let blue = Palette.colour(of: 7)
    canvas.fill(column: column, row: row, width: boxWidth, height: height, with: blue)
    for inset in [2] + frames.dropFirst().flatMap({ [$0, $0 + 2] }) {
      let colour = inset == 4 ? blue : Colour.grey(245)
      canvas.fill(
        column: column + inset, row: row + inset, width: boxWidth - 2 * inset,
        height: height - 2 * inset, with: colour)
    }
    let longest = (boxWidth - 16) / Canvas.width(of: " ", scale: 1)
    let scale = Canvas.width(of: content.title) <= boxWidth - 16 ? 2 : 1
    let text = String(content.title.prefix(longest))
    canvas.write(
      text, column: column + (boxWidth - Canvas.width(of: text, scale: scale)) / 2,
      row: row + (height - 7 * scale) / 2, scale: scale, colour: .black)
  }
}

extension Canvas {
  /// Draws a straight line of two pixels.
  mutating func drawLine(
    from start: (column: Int, row: Int), to end: (column: Int, row: Int), colour: Colour
  ) {
    let length = max(abs(end.column - start.column), abs(end.row - start.row), 1)
    for step in 0...length {
      let column = start.column + (end.column - start.column) * step / length
      let row = start.row + (end.row - start.row) * step / length
      fill(column: column, row: row, width: 2, height: 2, with: colour)
    }
  }

  /// Draws a line that ends in a tip.
  fileprivate mutating func drawArrow(along route: [(column: Int, row: Int)], colour: Colour) {
    for (start, end) in zip(route, route.dropFirst()) {
      drawLine(from: start, to: end, colour: colour)
    }
    guard let tip = route.last else { return }
    for back in 0..<8 {
      let half = back / 2
      fill(
        column: tip.column - back, row: tip.row - half, width: 1, height: 2 * half + 2,
        with: colour)
    }
  }

  /// Writes an arrow's name on white before its tip.
  fileprivate mutating func name(_ title: String, before tip: (column: Int, row: Int)) {
    let width = Canvas.width(of: title, scale: 1)
    let left = tip.column - 12 - width
    fill(column: left - 2, row: tip.row - 4, width: width + 4, height: 9, with: .white)
    write(title, column: left, row: tip.row - 3, scale: 1, colour: .black)
  }
}
