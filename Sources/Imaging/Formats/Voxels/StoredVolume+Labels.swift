extension StoredVolume {
  /// The values as labels, if they look like those of a label map: whole numbers from 0 to 65535, not
  /// all 0, and of the neighbours along an axis that are both not 0, half or more are equal.
  ///
  /// Structures are alike inside, and single points have no neighbours; the shades and the noise of a
  /// picture differ from voxel to voxel.
  public var likelyLabels: LabelMap? {
    // What is wrong with the first of the other values is of no interest here.
    guard let labels = try? labelMap(path: "") else { return nil }
    let (equal, all) = labels.pairs
    return 2 * equal >= all && labels.voxels.contains { $0 != 0 } ? labels : nil
  }

  /// Labels in as few bytes as they need.
  public init(_ labels: LabelMap) {
    if labels.voxels.allSatisfy({ $0 <= UInt8.max }) {
      let numbers = labels.voxels.map(UInt8.init(truncatingIfNeeded:))
      self.init(geometry: labels.geometry, numbers: numbers)
    } else {
      self.init(geometry: labels.geometry, numbers: labels.voxels)
    }
  }
}

extension LabelMap {
  /// How many pairs of neighbours along the axes are equal, of all pairs without a 0.
  fileprivate var pairs: (equal: Int, all: Int) {
    let steps = [1, geometry.size.x, geometry.size.x * geometry.size.y]
    return voxels.withUnsafeBufferPointer { labels in
      var (equal, all) = (0, 0)
      for (axis, step) in steps.enumerated() {
        // Runs of voxels of which each has a neighbour along the axis.
        let (run, period) = (step * (geometry.size[axis] - 1), step * geometry.size[axis])
        for start in stride(from: 0, to: labels.count, by: period) {
          for index in start..<start + run {
            let (own, next) = (labels[index], labels[index + step])
            all += own != 0 && next != 0 ? 1 : 0
            equal += own != 0 && own == next ? 1 : 0
          }
        }
      }
      return (equal, all)
    }
  }
}
