/// How intensities are brought on to another grid.
public struct Resampling: Hashable, Sendable, Codable {
  /// Between voxels.
  public var interpolation: Interpolation

  /// Along the coarse axis of an anisotropic grid, where it is treated on its own; see
  /// ``Anisotropy``. `nil` treats all axes alike.
  public var acrossSlices: Interpolation?

  /// What a cubic spline sees beyond the outermost centres.
  public var edge: SplineEdge

  /// Whether values are kept between the least and the greatest of the volume, or of the one slice
  /// they come from when slices are treated on their own: a cubic spline overshoots at edges.
  public var keepsRange: Bool

  /// Whether detail too fine for the new grid is smoothed away first.
  public var smoothing: Smoothing

  /// Creates a way to resample.
  public init(
    _ interpolation: Interpolation, acrossSlices: Interpolation? = nil,
    edge: SplineEdge = .mirrored, keepsRange: Bool = false, smoothing: Smoothing = .none
  ) {
    self.interpolation = interpolation
    self.acrossSlices = acrossSlices
    self.edge = edge
    self.keepsRange = keepsRange
    self.smoothing = smoothing
  }

  /// The closest voxel: SimpleITK's `sitkNearestNeighbor`.
  public static let nearest = Resampling(.nearest)

  /// Trilinear: SimpleITK's `sitkLinear`.
  public static let linear = Resampling(.linear)

  /// A cubic B-spline: SimpleITK's `sitkBSpline`.
  public static let cubic = Resampling(.cubic)

  /// What nnU-Net does to images: order 3 with repeated edges and the range kept; slices more than
  /// three times as thick as a voxel is wide are interpolated in the plane, and across them the
  /// closest slice is taken.
  ///
  /// Source: F. Isensee et al., "nnU-Net", Nature Methods 18, 2021, and the defaults of nnU-Net
  /// 2.5's `default_resampling`: scikit-image's `resize` of order 3 with mode "edge", `order_z` 0.
  public static let nnUNet = Resampling(
    .cubic, acrossSlices: .nearest, edge: .continued, keepsRange: true)
}

/// A Gaussian over the voxels before they are thinned out; axes that become finer are left alone.
public enum Smoothing: Hashable, Sendable, Codable {
  /// Voxels are taken as they are.
  case none

  /// A standard deviation of (factor - 1) / 2 old voxels along an axis whose new voxels are
  /// `factor` times as far apart: scikit-image's `resize(anti_aliasing=True)`.
  case antiAliasing

  /// A standard deviation in millimetres along every axis that becomes coarser.
  case gaussian(millimetres: Double)

  /// The standard deviations in voxels of the old grid, along its axes.
  func deviations(from source: Geometry, to target: Geometry) -> SIMD3<Double> {
    let map = target.voxelMap(to: source)
    let factors = SIMD3<Double>(
      (0..<3).map { axis in
        SIMD3<Double>(map.x[axis], map.y[axis], map.z[axis]).length
      })
    switch self {
    case .none: return .zero
    case .antiAliasing: return pointwiseMax(.zero, (factors - 1) / 2)
    case .gaussian(let millimetres):
      return (millimetres / source.spacing).replacing(with: 0, where: factors .<= 1)
    }
  }
}
