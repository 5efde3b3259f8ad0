/// The rows in which arrows of a ``GraphPicture`` pass the boxes of other columns.
struct GraphLanes {
  /// Between a box and a lane, and between two lanes.
  private static let room = (box: 12, lane: 8)

  private var taken: [Int: [ClosedRange<Int>]] = [:]
  private let top: Int

  /// - Parameters:
  ///   - boxes: The column of each box, and its rows.
  ///   - top: The first row that a lane can have.
  init(boxes: [(column: Int, rows: ClosedRange<Int>)], below top: Int) {
    self.top = top
    for box in boxes { take(box.rows, in: box.column, room: Self.room.box) }
  }

  /// The free row of a column that is nearest to `row`; of two as near ones the upper. No other lane
  /// gets it.
  mutating func take(in column: Int, near row: Int) -> Int {
    let ranges = taken[column, default: []]
    func isFree(_ row: Int) -> Bool { row >= top && !ranges.contains { $0.contains(row) } }
    var distance = 0
    while true {
      for candidate in [row - distance, row + distance] where isFree(candidate) {
        take(candidate...candidate, in: column, room: Self.room.lane)
        return candidate
      }
      distance += 1
    }
  }

  private mutating func take(_ rows: ClosedRange<Int>, in column: Int, room: Int) {
    taken[column, default: []].append((rows.lowerBound - room + 1)...(rows.upperBound + room - 1))
  }
}
