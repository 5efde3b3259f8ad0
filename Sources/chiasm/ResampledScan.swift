import Imaging

/// How `convert --like` and `register` make up what lies between voxels.
enum ResamplingChoice: String, CaseIterable {
  case nearest, linear, cubic, labels

  /// Refuses an `--outside` that cannot stand beside the values.
  func check(outside: Double) throws(UsageError) {
    guard self != .labels || UInt16(exactly: outside) != nil else {
      throw UsageError(
        "--outside is a label with --interpolation labels: a whole number from 0 to 65535.")
    }
  }
}

/// A scan on another grid.
struct ResampledScan {
  let volume: StoredVolume

  /// What was asked for, or what suits the scan.
  let choice: ResamplingChoice

  /// - Parameters:
  ///   - asked: How to resample; `nil` for the vote of labels where the scan looks like a label map
  ///     and `outside` can be a label, and linearly otherwise.
  ///   - outside: The value where the scan does not reach.
  /// - Throws: ``ImagingError/noOverlap(path:scan:reference:)``, and
  ///   ``ImagingError/badLabels(path:description:)`` when labels are asked for and are not there.
  init(
    _ scan: StoredVolume, at path: String, onto grid: Geometry, by asked: ResamplingChoice?,
    outside: Float
  ) throws(ImagingError) {
    guard scan.geometry.overlaps(grid) else {
      throw .noOverlap(path: path, scan: scan.geometry, reference: grid)
    }
    let label = UInt16(exactly: outside)
    let likely = asked == nil && label != nil ? scan.likelyLabels : nil
    let labels = asked == .labels ? try scan.labelMap(path: path) : likely
    if let labels {
      choice = .labels
      volume = StoredVolume(labels.resampled(onto: grid, by: .vote, outside: label ?? 0))
      return
    }
    choice = asked ?? .linear
    let interpolation = Interpolation(rawValue: choice.rawValue) ?? .linear
    let values = scan.volume.resampled(onto: grid, interpolation: interpolation, outside: outside)
    let whole = choice == .nearest ? StoredVolume(values, as: scan.type) : nil
    volume = whole ?? StoredVolume(geometry: grid, numbers: values.voxels)
  }
}
