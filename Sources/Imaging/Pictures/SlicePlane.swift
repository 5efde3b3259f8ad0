/// The axial slice that a picture shows, as a grid of square pixels one slice thick.
struct SlicePlane {
  /// Columns towards the patient's left, rows towards the back, one slice.
  let geometry: Geometry

  /// The number of columns.
  var width: Int { geometry.size.x }

  /// The number of rows.
  var height: Int { geometry.size.y }

  /// The slice of the grid of `mask` that shows the most of `labels`, so large that its longer
  /// side has `tileSize` pixels.
  init(showing labels: LabelMap, of mask: LabelMap, tileSize: Int, threads: Int? = nil) {
    let box = mask.geometry.canonical
    let slice = Self.fullestSlice(of: labels.resampled(onto: box, threads: threads))
    let extent = SIMD3<Double>(box.size) * box.spacing
    let pixel = max(extent.x, extent.y) / Double(tileSize)
    let size = SIMD3(
      max(1, Int((extent.x / pixel).rounded())), max(1, Int((extent.y / pixel).rounded())), 1)
    let middle = box.position(
      ofVoxel: [Double(box.size.x - 1) / 2, Double(box.size.y - 1) / 2, Double(slice)])
    let direction = Direction(
      x: -box.direction.x, y: -box.direction.y, z: box.direction.z)
    geometry = .centred(
      at: middle, size: size, spacing: [pixel, pixel, box.spacing.z], direction: direction)
  }

  /// The slice with the most different labels, and of those the one with the most labelled voxels;
  /// the middle one when nothing is labelled.
  private static func fullestSlice(of labels: LabelMap) -> Int {
    let size = labels.geometry.size
    let area = size.x * size.y
    let scores = (0..<size.z).map { slice in
      let labelled = labels.voxels[slice * area..<(slice + 1) * area].filter { $0 > 0 }
      return (different: Set(labelled).count, voxels: labelled.count)
    }
    guard let best = scores.indices.max(by: { scores[$0] < scores[$1] }), scores[best].voxels > 0
    else { return size.z / 2 }
    return best
  }
}
