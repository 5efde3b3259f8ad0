import Imaging

/// The connected parts of a mask, as runs of voxels along x.
///
/// Source: the two passes with union and find follow A. Rosenfeld, J. Pfaltz, "Sequential Operations
/// in Digital Picture Processing", Journal of the ACM 13(4), 1966.
struct ConnectedComponents: Sendable {
  /// Neighbouring voxels of one row, and the component they belong to.
  struct Run: Equatable, Sendable {
    let start: Int
    let end: Int
    fileprivate(set) var component: Int
  }

  /// Every run, row by row, y fastest.
  private(set) var runs: [Run] = []

  /// Where each row's runs start; one more than rows.
  private(set) var rowStarts: [Int] = [0]

  /// The number of voxels of each component, in the order of their first voxels.
  private(set) var sizes: [Int] = []

  /// - Parameters:
  ///   - labels: The values that are inside.
  ///   - box: The part of the map that is looked at.
  init(of labels: Set<Int>, in map: LabelMap, box: VoxelBox, connectivity: Connectivity) {
    let size = map.geometry.size
    var table = [Bool](repeating: false, count: Int(UInt16.max) + 1)
    for label in labels { table[label] = true }
    map.voxels.withUnsafeBufferPointer { voxels in
      for z in box.lower.z..<box.upper.z {
        for y in box.lower.y..<box.upper.y {
          let start = (z * size.y + y) * size.x
          addRow(voxels, start + box.lower.x..<start + box.upper.x, inside: table)
        }
      }
    }
    var parents = Array(runs.indices)
    connect(&parents, rows: box.size, by: connectivity.earlierRows)
    number(parents)
  }

  private mutating func addRow(
    _ voxels: UnsafeBufferPointer<UInt16>, _ part: Range<Int>, inside: [Bool]
  ) {
    var index = part.lowerBound
    while index < part.upperBound {
      guard inside[Int(voxels[index])] else {
        index += 1
        continue
      }
      let first = index
      while index < part.upperBound, inside[Int(voxels[index])] { index += 1 }
      runs.append(
        Run(start: first - part.lowerBound, end: index - part.lowerBound, component: -1))
    }
    rowStarts.append(runs.count)
  }

  /// Joins the trees of all runs that touch.
  private func connect(
    _ parents: inout [Int], rows size: SIMD3<Int>, by earlier: [(y: Int, z: Int, reach: Int)]
  ) {
    for row in 0..<size.y * size.z {
      for offset in earlier {
        let (y, z) = (row % size.y + offset.y, row / size.y + offset.z)
        guard (0..<size.y).contains(y), z >= 0 else { continue }
        var (own, other) = (rowStarts[row], rowStarts[z * size.y + y])
        let (ownEnd, otherEnd) = (rowStarts[row + 1], rowStarts[z * size.y + y + 1])
        while own < ownEnd, other < otherEnd {
          if runs[own].start < runs[other].end + offset.reach,
            runs[other].start < runs[own].end + offset.reach
          {
            let (first, second) = (Self.root(of: own, &parents), Self.root(of: other, &parents))
            parents[max(first, second)] = min(first, second)
          }
          if runs[own].end < runs[other].end { own += 1 } else { other += 1 }
        }
      }
    }
  }

  private static func root(of run: Int, _ parents: inout [Int]) -> Int {
    var run = run
    while parents[run] != run {
      parents[run] = parents[parents[run]]
      run = parents[run]
    }
    return run
  }

  private mutating func number(_ parents: [Int]) {
    var parents = parents
    for run in runs.indices {
      let root = Self.root(of: run, &parents)
      if root == run {
        runs[run].component = sizes.count
        sizes.append(0)
      } else {
        // The root is the first run of its tree, and has its number already.
        runs[run].component = runs[root].component
      }
      sizes[runs[run].component] += runs[run].end - runs[run].start
    }
  }
}
