public import Imaging

/// How the scans and labels of a case are brought on to the working grid.
public enum CaseResampling: String, Codable, Hashable, Sendable, CaseIterable {
  /// Scans trilinear, labels from the closest voxel: how plans without this setting were made.
  case linear

  /// As nnU-Net: scans by cubic splines and labels by a vote of the voxels around, both slice by
  /// slice where slices are more than three times as thick as a voxel is wide.
  ///
  /// Source: F. Isensee et al., "nnU-Net", Nature Methods 18, 2021, online methods.
  case spline

  /// For scans.
  public var images: Resampling { self == .linear ? .linear : .nnUNet }

  /// For labels.
  public var labels: LabelInterpolation { self == .linear ? .nearest : .voteInPlane }
}
