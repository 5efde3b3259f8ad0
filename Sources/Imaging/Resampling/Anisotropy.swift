/// Slices so thick that interpolating across them invents anatomy.
///
/// Source: F. Isensee et al., "nnU-Net", Nature Methods 18, 2021, online methods: an axis is treated
/// on its own when its spacing is more than three times another's.
public enum Anisotropy {
  /// How many times the least spacing the greatest may be.
  public static let threshold = 3.0

  /// The axis that is coarse by more than ``threshold``; `nil` when none is, or two are.
  public static func coarseAxis(of spacing: SIMD3<Double>) -> Int? {
    guard spacing.max() / spacing.min() > threshold else { return nil }
    let coarsest = (0..<3).filter { spacing[$0] == spacing.max() }
    return coarsest.count == 1 ? coarsest[0] : nil
  }

  /// The axis of `source` to treat on its own on the way to `target`: its coarse axis, or else the
  /// one closest to the coarse axis of the target.
  ///
  /// As in nnU-Net, a source that is coarse along two axes has none, whatever the target is like.
  static func axis(from source: Geometry, to target: Geometry) -> Int? {
    if source.spacing.max() / source.spacing.min() > threshold {
      return coarseAxis(of: source.spacing)
    }
    guard let coarse = coarseAxis(of: target.spacing) else { return nil }
    let map = target.voxelMap(to: source)
    let step = [map.x, map.y, map.z][coarse]
    return (0..<3).max { abs(step[$0]) < abs(step[$1]) }
  }
}
