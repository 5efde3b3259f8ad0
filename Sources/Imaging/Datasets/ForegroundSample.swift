/// The intensities under the labels, thinned out.
enum ForegroundSample {
  /// How many intensities of one case are kept at most, as nnU-Net does.
  static let limit = 10_000

  /// Up to ``limit`` intensities of the voxels where `labels` are not background, evenly strided in
  /// storage order.
  ///
  /// Labels on another grid are first brought on to the volume's, nearest neighbour. Voxels that
  /// are not finite are left out.
  static func of(_ volume: Volume<Float>, labels: LabelMap) -> [Float] {
    let mask =
      labels.geometry.agrees(with: volume.geometry)
      ? labels : labels.resampled(onto: volume.geometry)
    let inside = volume.voxels.indices.filter {
      mask.voxels[$0] > 0 && volume.voxels[$0].isFinite
    }
    let step = max(1, (inside.count + limit - 1) / limit)
    return stride(from: 0, to: inside.count, by: step).map { volume.voxels[inside[$0]] }
  }
}
