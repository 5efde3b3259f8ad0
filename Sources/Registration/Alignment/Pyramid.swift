internal import Imaging

/// Two scans at one resolution.
struct PyramidLevel {
  let fixed: Volume<Float>
  let moving: Volume<Float>

  /// The least distance of voxels, in millimetres.
  let spacing: Double
}

/// Two scans at several resolutions, the coarsest first.
struct Pyramid {
  /// The most voxels of the fixed scan that are compared; finer scans are thinned out.
  private static let mostVoxels = 1_000_000.0

  /// How many voxels the coarsest level may have: it is compared many times.
  private static let coarsestVoxels = 10_000.0

  let levels: [PyramidLevel]

  /// Each level is smoothed and half as fine as the next; axes that are coarser already are left
  /// alone. The finest is as fine as the coarser of the two scans.
  init(fixed: Volume<Float>, moving: Volume<Float>, threads: Int?) {
    var spacing = max(fixed.geometry.spacing.min(), moving.geometry.spacing.min())
    while Self.voxels(of: fixed.geometry, at: spacing) > Self.mostVoxels { spacing *= 1.1 }
    var spacings = [spacing]
    while Self.voxels(of: fixed.geometry, at: spacing) > Self.coarsestVoxels {
      spacing *= 2
      spacings.append(spacing)
    }
    levels = spacings.reversed().map { spacing in
      PyramidLevel(
        fixed: Self.thinned(fixed, to: spacing, threads),
        moving: Self.thinned(moving, to: spacing, threads), spacing: spacing)
    }
  }

  private static func voxels(of grid: Geometry, at spacing: Double) -> Double {
    let lengths = SIMD3<Double>(grid.size) * grid.spacing
    let counts = lengths / pointwiseMax(grid.spacing, SIMD3(repeating: spacing))
    return counts.x * counts.y * counts.z
  }

  private static func thinned(
    _ volume: Volume<Float>, to spacing: Double, _ threads: Int?
  ) -> Volume<Float> {
    let grid = volume.geometry
    let coarser = pointwiseMax(grid.spacing, SIMD3(repeating: spacing))
    guard coarser != grid.spacing else { return volume }
    return volume.resampled(
      onto: grid.respaced(to: coarser), by: Resampling(.linear, smoothing: .antiAliasing),
      outside: volume.voxels.min() ?? 0, threads: threads)
  }
}
