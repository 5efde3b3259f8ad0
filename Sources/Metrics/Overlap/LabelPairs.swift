public import Imaging
import Synchronization

/// Which labels meet where in a prediction and its reference: one pass over the voxels, from which
/// the counts and the bounding box of every label and of every union of labels follow.
public struct LabelPairs: Sendable {
  /// The number of voxels of the grid.
  public let voxels: Int

  /// Every pair that occurs.
  private let entries: [PairSlab.Entry]

  /// - Precondition: Both maps have the same size.
  /// - Complexity: O(*n*) in the number of voxels, whatever the number of labels.
  public init(prediction: LabelMap, reference: LabelMap) {
    let size = reference.geometry.size
    precondition(
      prediction.geometry.size == size,
      "the prediction has \(prediction.geometry.size) voxels, the reference \(size)")
    voxels = reference.geometry.voxelCount
    let rows = size.y * size.z
    let grain = max(1, (1 << 18) / size.x)
    let slabs = Mutex<[Int: PairSlab]>([:])
    prediction.voxels.withUnsafeBufferPointer { found in
      reference.voxels.withUnsafeBufferPointer { expected in
        guard let left = found.baseAddress, let right = expected.baseAddress else { return }
        nonisolated(unsafe) let (found, expected) = (left, right)
        Parallel.forEachRange(of: rows, grain: grain) { range in
          var slab = PairSlab()
          for row in range {
            slab.addRow(
              found + row * size.x, expected + row * size.x, length: size.x, y: row % size.y,
              z: row / size.y)
          }
          let finished = slab
          slabs.withLock { $0[range.lowerBound] = finished }
        }
      }
    }
    var total = PairSlab()
    for (_, slab) in slabs.withLock({ $0 }).sorted(by: { $0.key < $1.key }) { total.merge(slab) }
    entries = total.entries
  }

  /// The labels above 0 that one of the maps has, ascending.
  public var labels: [Int] {
    Set(entries.flatMap { [Int($0.predicted), Int($0.referenced)] }).filter { $0 > 0 }.sorted()
  }

  /// Counts the union of some labels.
  public func confusion(of labels: Set<Int>) -> Confusion {
    var (both, onlyPredicted, onlyReferenced) = (0, 0, 0)
    for entry in entries {
      switch (labels.contains(Int(entry.predicted)), labels.contains(Int(entry.referenced))) {
      case (true, true): both += entry.count
      case (true, false): onlyPredicted += entry.count
      case (false, true): onlyReferenced += entry.count
      case (false, false): break
      }
    }
    return Confusion(
      truePositive: both, falsePositive: onlyPredicted, falseNegative: onlyReferenced,
      trueNegative: voxels - both - onlyPredicted - onlyReferenced)
  }

  /// The smallest box that holds the union of some labels in both maps; `nil` when neither has any.
  func box(of labels: Set<Int>) -> VoxelBox? {
    var box: VoxelBox?
    for entry in entries
    where labels.contains(Int(entry.predicted)) || labels.contains(Int(entry.referenced)) {
      if box == nil { box = entry.box } else { box?.formUnion(entry.box) }
    }
    return box
  }
}
