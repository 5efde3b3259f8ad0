/// The lower envelope of equal parabolas along a line of sites: at each site, which parabola is
/// lowest.
///
/// Source: P. Felzenszwalb, D. Huttenlocher, "Distance Transforms of Sampled Functions", Theory of
/// Computing 8, 2012, algorithm 1.
struct LowerEnvelope: ~Copyable {
  /// The positions of the parabolas that are lowest somewhere, ascending.
  private let positions: UnsafeMutablePointer<Int>

  /// Their heights over position 0 of the line, which they would have without their bottom there.
  private let heights: UnsafeMutablePointer<Double>

  /// From where each is the lowest.
  private let starts: UnsafeMutablePointer<Double>

  /// `(i · spacing)²` for each distance i in sites.
  private let squares: UnsafeMutablePointer<Double>

  /// `1 / (2 · spacing² · i)` for each distance i in sites.
  private let reciprocals: UnsafeMutablePointer<Double>

  private var count = 0

  /// - Parameters:
  ///   - length: The number of sites of the lines.
  ///   - spacing: The distance between neighbouring sites, in millimetres.
  init(length: Int, spacing: Double) {
    positions = .allocate(capacity: length)
    heights = .allocate(capacity: length)
    starts = .allocate(capacity: length)
    squares = .allocate(capacity: length)
    reciprocals = .allocate(capacity: length)
    for index in 0..<length {
      let millimetres = Double(index) * spacing
      squares[index] = millimetres * millimetres
      reciprocals[index] = 1 / (2 * spacing * spacing * Double(max(1, index)))
    }
  }

  deinit {
    positions.deallocate()
    heights.deallocate()
    starts.deallocate()
    squares.deallocate()
    reciprocals.deallocate()
  }

  /// Removes all parabolas.
  mutating func clear() {
    count = 0
  }

  /// Adds a parabola to the right of those that are there.
  ///
  /// - Parameter value: Its lowest value, which it has at `position`.
  @inline(__always)
  mutating func add(_ value: Double, at position: Int) {
    let height = value + squares[position]
    var start = -Double.infinity
    while count > 0 {
      let distance = position - positions[count - 1]
      start = (height - heights[count - 1]) * reciprocals[distance]
      if start > starts[count - 1] { break }
      count -= 1
      start = -.infinity
    }
    positions[count] = position
    heights[count] = height
    starts[count] = start
    count += 1
  }

  /// The index of the parabola that is lowest at `place`, from `index` on.
  @inline(__always)
  func lowest(at place: Int, from index: Int) -> Int {
    var index = index
    while index + 1 < count, starts[index + 1] < Double(place) { index += 1 }
    return index
  }

  /// Where the parabola `index` has its bottom.
  @inline(__always)
  func position(_ index: Int) -> Int { positions[index] }
}
