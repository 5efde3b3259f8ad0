internal import CResampling

/// How a value between voxels is made up.
public enum Interpolation: String, Hashable, Sendable, Codable, CaseIterable {
  /// The value of the closest voxel; halves are rounded up.
  case nearest

  /// Trilinear, from the eight voxels around.
  case linear

  /// The cubic B-spline through all voxels.
  ///
  /// Source: M. Unser, A. Aldroubi, M. Eden, "B-Spline Signal Processing", IEEE Transactions on
  /// Signal Processing 41(2), 1993.
  case cubic

  var kernelOrder: cresampling_order {
    switch self {
    case .nearest: CRESAMPLING_NEAREST
    case .linear: CRESAMPLING_LINEAR
    case .cubic: CRESAMPLING_CUBIC
    }
  }
}

/// How the voxels go on beyond the outermost centres, as far as a cubic spline is concerned.
public enum SplineEdge: String, Hashable, Sendable, Codable, CaseIterable {
  /// Mirrored about the outermost centre: SimpleITK's `sitkBSpline`.
  case mirrored

  /// The outermost value goes on: `scipy.ndimage.zoom(mode="nearest", grid_mode=True)` and
  /// scikit-image's `resize(mode="edge")`, which nnU-Net uses.
  case continued

  var kernelBoundary: cresampling_boundary {
    self == .mirrored ? CRESAMPLING_MIRRORED : CRESAMPLING_CONTINUED
  }
}

/// How labels between voxels are made up.
public enum LabelInterpolation: String, Hashable, Sendable, Codable, CaseIterable {
  /// The label of the closest voxel; halves are rounded up.
  case nearest

  /// The label to which the eight voxels around give the greatest sum of trilinear weights, the
  /// lower one of equals: SimpleITK's `sitkLabelLinear` but for ties.
  ///
  /// nnU-Net gives a voxel to a label that has at least half of the weight, and to background when
  /// none has; where one label has more than half, the two agree.
  case vote

  /// The vote, but across slices more than three times as thick as a voxel is wide the closest
  /// slice alone has a say, as in nnU-Net.
  case voteInPlane
}
