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

  private static let box = (width: 148, height: 44)
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

  /// Where the boxes stand, by their top left corners below the picture's top.
  private struct Layout {
    var corners: [(column: Int, row: Int)]
    var width: Int
    var height: Int
  }

  /// A box stands right of all that it reads; those of one column stand below each other, a column
  /// half a box lower than the one before, so that long arrows pass between boxes.
  private var layout: Layout {
    var columns = boxes.map { _ in 0 }
    for arrow in arrows.sorted(by: { $0.to < $1.to }) {
      columns[arrow.to] = max(columns[arrow.to], columns[arrow.from] + 1)
    }
    var filled: [Int: Int] = [:]
    let step = (across: Self.box.width + Self.gap.across, down: Self.box.height + Self.gap.down)
    let corners = columns.map { column in
      let place = filled[column, default: 0]
      filled[column] = place + 1
      return (
        column: Self.margin + column * step.across,
        row: Self.heading + place * step.down + (column % 2) * step.down / 2
      )
    }
    let right = corners.map(\.column).max() ?? 0
    let bottom = corners.map(\.row).max() ?? 0
    return Layout(
      corners: corners,
      width: max(right + Self.box.width, Canvas.width(of: title)) + Self.margin,
      height: bottom + Self.box.height + Self.margin)
  }

  private func draw(_ layout: Layout, on canvas: inout Canvas, top: Int) {
    canvas.write(title, column: Self.margin, row: top + 12, colour: .black)
    for arrow in arrows {
      let (from, to) = (layout.corners[arrow.from], layout.corners[arrow.to])
      let places = arrows.filter { $0.to == arrow.to }.map(\.from).sorted()
      let place = places.firstIndex(of: arrow.from) ?? 0
      // Arrows into one box end below each other.
      let down = Self.box.height * (place + 1) / (places.count + 1)
      canvas.drawArrow(
        from: (from.column + Self.box.width, top + from.row + Self.box.height / 2),
        to: (to.column, top + to.row + down), title: arrow.title, colour: .grey(90))
    }
    for (box, corner) in zip(boxes, layout.corners) {
      Self.draw(box, on: &canvas, column: corner.column, row: top + corner.row)
    }
  }

  private static func draw(_ content: Box, on canvas: inout Canvas, column: Int, row: Int) {
    let frames = content.isMarked ? [0, 4] : [0]
    let blue = Palette.colour(of: 7)
    canvas.fill(column: column, row: row, width: box.width, height: box.height, with: blue)
    for inset in [2] + frames.dropFirst().flatMap({ [$0, $0 + 2] }) {
      let colour = inset == 4 ? blue : Colour.grey(245)
      canvas.fill(
        column: column + inset, row: row + inset, width: box.width - 2 * inset,
        height: box.height - 2 * inset, with: colour)
    }
    let longest = (box.width - 16) / Canvas.width(of: " ", scale: 1)
    let scale = Canvas.width(of: content.title) <= box.width - 16 ? 2 : 1
    let text = String(content.title.prefix(longest))
    canvas.write(
      text, column: column + (box.width - Canvas.width(of: text, scale: scale)) / 2,
      row: row + (box.height - 7 * scale) / 2, scale: scale, colour: .black)
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

  /// Draws a line that ends in a tip, with its name on white near the tip.
  fileprivate mutating func drawArrow(
    from start: (column: Int, row: Int), to end: (column: Int, row: Int), title: String,
    colour: Colour
  ) {
    drawLine(from: start, to: end, colour: colour)
    for back in 0..<8 {
      let half = back / 2
      fill(
        column: end.column - back, row: end.row - half, width: 1, height: 2 * half + 2,
        with: colour)
    }
    let width = Canvas.width(of: title, scale: 1)
    // Close to the tip, where arrows into one box are apart.
    let middle = (
      column: end.column - 12 - width,
      row: end.row + (start.row - end.row) * (12 + width / 2) / max(1, end.column - start.column)
    )
    fill(
      column: middle.column - 2, row: middle.row - 5, width: width + 4, height: 11, with: .white)
    write(title, column: middle.column, row: middle.row - 3, scale: 1, colour: .black)
  }
}
