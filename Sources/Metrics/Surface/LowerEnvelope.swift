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

  /// - Parameters:
  ///   - length: The number of sites of the lines.
  ///   - spacing: The distance between neighbouring sites, in millimetres.
  init(length: Int, spacing: Double) {
    positions = .allocate(capacity: length)
    heights = .allocate(capacity: length)
    starts = .allocate(capacity: length + 1)
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

  /// Forgets what was there and puts a parabola at each of some places.
  ///
  /// - Parameters:
  ///   - places: Ascending, and at least one.
  ///   - value: The parabola's lowest value, which it has at its place.
  @inline(__always)
  func build(at places: [Int], value: (Int) -> Double) {
    var last = -1
    for place in places {
      let height = value(place) + squares[place]
      var start = -Double.infinity
      while last >= 0 {
        start = (height - heights[last]) * reciprocals[place - positions[last]]
        if start > starts[last] { break }
        last -= 1
        start = -.infinity
      }
      last += 1
      positions[last] = place
      heights[last] = height
      starts[last] = start
    }
    // No parabola comes after the last.
    starts[last + 1] = .infinity
  }

  /// The index of the parabola that is lowest at `place`, from `index` on.
  @inline(__always)
  func lowest(at place: Int, from index: Int) -> Int {
    var index = index
    while starts[index + 1] < Double(place) { index += 1 }
    return index
  }

  /// Where the parabola `index` has its bottom.
  @inline(__always)
  func position(_ index: Int) -> Int { positions[index] }
}
