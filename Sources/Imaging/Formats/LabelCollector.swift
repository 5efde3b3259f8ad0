/// Turns numbers into labels, and remembers those that cannot be.
struct LabelCollector {
  private var labels: [UInt16] = []
  private var refusedCount = 0
  private var firstRefused = 0.0

  /// Takes the next voxel.
  mutating func append(_ value: Double) {
    let rounded = value.rounded()
    // NaN fails every comparison, so it is refused too.
    guard rounded >= 0, rounded <= 65535, abs(value - rounded) <= 1e-3 else {
      if refusedCount == 0 { firstRefused = value }
      refusedCount += 1
      labels.append(0)
      return
    }
    labels.append(UInt16(rounded))
  }

  /// The labels that were taken.
  ///
  /// - Throws: ``ImagingError/badLabels(path:description:)`` when a voxel was none.
  func labelMap(on geometry: Geometry, path: String) throws(ImagingError) -> LabelMap {
    guard refusedCount == 0 else {
      let voxels = refusedCount == 1 ? "1 voxel has" : "\(refusedCount) voxels have"
      throw .badLabels(
        path: path, description: "\(voxels) another value, the first of them \(firstRefused)")
    }
    return LabelMap(geometry: geometry, voxels: labels)
  }
}
