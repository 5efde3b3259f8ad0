/// Whether patches are turned and zoomed in three dimensions, or slice by slice.
enum TransformSpace: Equatable, Sendable {
  case volume

  /// Slices across `axis` keep their places: nnU-Net's "dummy 2-D".
  case slices(across: Int)

  /// Chooses by nnU-Net's rule: slice by slice when the patch is more than three times as long along
  /// its longest axis as along the one with the coarsest voxels, of equally coarse ones the last.
  init(of plan: Plan) {
    let coarsest = plan.spacing.max() ?? 1
    let axis = plan.spacing.lastIndex(of: coarsest) ?? 2
    let longest = plan.patchSize.max() ?? 1
    self = longest > 3 * plan.patchSize[axis] ? .slices(across: axis) : .volume
  }

  /// The axes that turns are about.
  var turningAxes: [Int] {
    switch self {
    case .volume: [0, 1, 2]
    case .slices(let axis): [axis]
    }
  }

  /// The largest turn about each, in radians.
  var largestAngle: Double {
    switch self {
    case .volume: .pi / 6
    case .slices: .pi
    }
  }

  /// The axes along which the resolution of a patch changes.
  var zoomedAxes: [Int] {
    switch self {
    case .volume: [0, 1, 2]
    case .slices(let axis): (0..<3).filter { $0 != axis }
    }
  }
}
