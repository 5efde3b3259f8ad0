/// A picture that can be drawn on; rows from the top, columns from the left.
struct Canvas {
  let width: Int
  let height: Int
  private var pixels: [Colour]

  init(width: Int, height: Int, filledWith colour: Colour = .black) {
    self.width = width
    self.height = height
    pixels = Array(repeating: colour, count: width * height)
  }

  /// The colour of one pixel; drawing outside of the picture does nothing.
  subscript(column: Int, row: Int) -> Colour {
    get { pixels[row * width + column] }
    set {
      guard (0..<width).contains(column), (0..<height).contains(row) else { return }
      pixels[row * width + column] = newValue
    }
  }

  /// Fills a rectangle.
  mutating func fill(column: Int, row: Int, width: Int, height: Int, with colour: Colour) {
    for y in row..<row + height {
      for x in column..<column + width {
        self[x, y] = colour
      }
    }
  }

  /// Writes `text` with its top left corner at the given pixel, every dot `scale` pixels wide.
  mutating func write(
    _ text: String, column: Int, row: Int, scale: Int = 2, colour: Colour = .white
  ) {
    var left = column
    for character in text {
      for (y, bits) in BitmapFont.rows(of: character).enumerated() {
        for x in 0..<BitmapFont.width where bits >> UInt8(BitmapFont.width - 1 - x) & 1 == 1 {
          fill(
            column: left + x * scale, row: row + y * scale, width: scale, height: scale,
            with: colour)
        }
      }
      left += (BitmapFont.width + 1) * scale
    }
  }

  /// How many columns `text` takes.
  static func width(of text: String, scale: Int = 2) -> Int {
    text.count * (BitmapFont.width + 1) * scale
  }

  /// The picture, 8 bits per colour.
  var image: PNGImage {
    PNGImage(
      width: width, height: height, channels: 3,
      pixels: pixels.flatMap { [UInt16($0.red), UInt16($0.green), UInt16($0.blue)] })
  }
}
