import Imaging
import Metrics
import Registration

/// Label maps of one structure in the two scans that `register` aligns, for judging it.
struct AlignmentLabels {
  private let moving: String
  private let fixed: String
  private let frame: Int?
  private let threads: Int?

  /// `nil` when neither is given.
  init?(_ arguments: inout Arguments, threads: Int?) throws(UsageError) {
    let moving = try arguments.option("labels")
    let fixed = try arguments.option("fixed-labels")
    let frame = try arguments.integer("labels-frame", in: 0...Int(Int32.max))
    guard let moving, let fixed else {
      guard moving == nil, fixed == nil else {
        throw UsageError("--labels and --fixed-labels go together.")
      }
      guard frame == nil else { throw UsageError("--labels-frame only goes with --labels.") }
      return nil
    }
    (self.moving, self.fixed, self.frame, self.threads) = (moving, fixed, frame, threads)
  }

  /// The two files.
  var paths: [String] { [moving, fixed] }

  /// The Dice of every label that either map has, before and after a transform.
  func overlaps(_ transform: SpatialTransform) throws -> [AlignmentReport.Overlap] {
    let target = try ScanFile.readLabels(at: fixed, frame: frame)
    let labels = try ScanFile.readLabels(at: moving, frame: frame)
    let values = Set(target.distinctValues + labels.distinctValues).subtracting([0]).sorted()
    let codes = values.map(UInt16.init(truncatingIfNeeded:))
    let dice = { (grid: Geometry) in
      let moved = LabelMap(geometry: grid, voxels: labels.voxels)
        .resampled(onto: target.geometry, threads: threads)
      return Confusion.of(prediction: moved, reference: target, labels: codes).map(\.dice)
    }
    let (before, after) = (dice(labels.geometry), dice(transform.moved(labels.geometry)))
    return values.indices.map {
      .init(label: values[$0], diceBefore: before[$0], diceAfter: after[$0])
    }
  }
}
