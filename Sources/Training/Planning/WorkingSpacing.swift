import Imaging

/// The choice of the working grid's spacing.
enum WorkingSpacing {
  /// A patch should see at least this share of the median case.
  private static let shareSeen = 0.25

  /// An axis this many times coarser than the others is anisotropic.
  private static let anisotropy = 3.0

  /// The spacing along x, y and z in millimetres for cases whose reference scans lie on `grids`.
  ///
  /// The median spacing, axis by axis; for an anisotropic axis its 10th percentile instead. Then
  /// the finer axes are coarsened in steps of 3 % until a patch sees a quarter of the median case.
  static func choose(for grids: [Geometry], patchVoxels: Int) -> [Double] {
    var spacing = (0..<3).map { axis in median(grids.map { $0.spacing[axis] }) }
    let coarsest = spacing.indices.max { spacing[$0] < spacing[$1] } ?? 0
    let others = spacing.indices.filter { $0 != coarsest }.map { spacing[$0] }
    if let coarsestOther = others.max(), spacing[coarsest] > anisotropy * coarsestOther {
      let tenth = percentile(grids.map { $0.spacing[coarsest] }, 0.1)
      spacing[coarsest] = max(tenth, coarsestOther)
    }
    let allowed = Double(patchVoxels) / shareSeen
    while medianShape(of: grids, spacing: spacing).reduce(1, *) > allowed {
      let largest = spacing.max() ?? 1
      let finer = spacing.indices.filter { spacing[$0] * 2 < largest }
      for axis in finer.isEmpty ? Array(spacing.indices) : finer {
        spacing[axis] *= 1.03
      }
    }
    return spacing.map { ($0 * 10_000).rounded() / 10_000 }
  }

  /// The median case's size in voxels of the given spacing, axis by axis.
  static func medianShape(of grids: [Geometry], spacing: [Double]) -> [Double] {
    (0..<3).map { axis in
      median(grids.map { Double($0.size[axis]) * $0.spacing[axis] / spacing[axis] })
    }
  }

  private static func median(_ values: [Double]) -> Double {
    percentile(values, 0.5)
  }

  private static func percentile(_ values: [Double], _ fraction: Double) -> Double {
    let sorted = values.sorted()
    let position = fraction * Double(sorted.count - 1)
    let lower = Int(position)
    let upper = min(lower + 1, sorted.count - 1)
    return sorted[lower] + (position - Double(lower)) * (sorted[upper] - sorted[lower])
  }
}
