/// How much each voxel of a level's feature map counts for the mean over each region.
///
/// A feature voxel stands for a block of voxels of the working grid, and counts as much as those of
/// them that are in the region, each times its weight in the window. So the mean over all windows is
/// that of the feature maps enlarged to the working grid and blended as scores are.
struct RegionWeights {
  private let regions: [FeatureRegion]
  private let classes: [UInt8]?

  /// The case's size along x, y and z.
  private let size: SIMD3<Int>

  /// How many voxels of the working grid a feature voxel stands for along x, y and z.
  private let reduction: SIMD3<Int>

  /// Per class the regions that hold its voxels.
  private let regionsOfClass: [[Int]]

  /// - Parameter classes: The class of each voxel, x fastest; `nil` when no region needs it.
  init(
    _ regions: [FeatureRegion], classes: [UInt8]?, size: SIMD3<Int>, reduction: SIMD3<Int>
  ) {
    self.regions = regions
    self.classes = classes
    self.size = size
    self.reduction = reduction
    regionsOfClass = (0...Int(UInt8.max)).map { value in
      regions.indices.filter { regions[$0].extent == .voxels(ofClass: UInt8(value)) }
    }
  }

  /// The weights in the window with this lower corner, which may reach beyond the case.
  ///
  /// - Parameters:
  ///   - window: Its size along x, y and z, a multiple of the reduction.
  ///   - importance: The weight of each of its voxels, x fastest.
  /// - Returns: Region by region, the feature voxels x fastest.
  func callAsFunction(
    at corner: SIMD3<Int>, window: SIMD3<Int>, importance: [Float]
  ) -> [[Float]] {
    let view = Window(corner: corner, size: window, reduction: reduction, caseSize: size)
    var weights = regions.map { _ in [Float](repeating: 0, count: view.cells) }
    for (index, region) in regions.enumerated() {
      switch region.extent {
      case .whole:
        view.forEachVoxel(from: .zero, to: size) { weights[index][$1] += importance[$2] }
      case .box(let lower, let upper):
        view.forEachVoxel(from: lower, to: upper) { weights[index][$1] += importance[$2] }
      case .voxels: break
      }
    }
    guard let classes, regions.contains(where: \.extent.isOfClass) else { return weights }
    view.forEachVoxel(from: .zero, to: size) { voxel, cell, place in
      for index in regionsOfClass[Int(classes[voxel])] { weights[index][cell] += importance[place] }
    }
    return weights
  }
}

extension FeatureRegion.Extent {
  fileprivate var isOfClass: Bool { if case .voxels = self { true } else { false } }
}

/// A window over a case, and the feature voxels into which it is divided.
private struct Window {
  let corner: SIMD3<Int>
  let size: SIMD3<Int>
  let reduction: SIMD3<Int>
  let caseSize: SIMD3<Int>

  /// The feature voxels along x, y and z.
  private var grid: SIMD3<Int> {
    SIMD3(size.x / reduction.x, size.y / reduction.y, size.z / reduction.z)
  }

  var cells: Int { grid.x * grid.y * grid.z }

  /// Calls for each voxel of a box that the window and the case hold, with its number in the case,
  /// that of its feature voxel, and its number in the window.
  func forEachVoxel(
    from lower: SIMD3<Int>, to upper: SIMD3<Int>,
    _ body: (_ voxel: Int, _ cell: Int, _ place: Int) -> Void
  ) {
    let grid = grid
    let ranges = (0..<3).map { axis in
      let first = max(lower[axis], corner[axis], 0)
      return first..<max(first, min(upper[axis], corner[axis] + size[axis], caseSize[axis]))
    }
    for z in ranges[2] {
      for y in ranges[1] {
        let (row, column) = (y - corner.y, z - corner.z)
        let voxels = caseSize.x * (y + caseSize.y * z)
        let cells = grid.x * (row / reduction.y + grid.y * (column / reduction.z))
        let places = size.x * (row + size.y * column)
        for x in ranges[0] {
          let offset = x - corner.x
          body(voxels + x, cells + offset / reduction.x, places + offset)
        }
      }
    }
  }
}
