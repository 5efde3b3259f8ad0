/// What the surface of a mask is, and how the distances between two are summed up.
///
/// The libraries in use differ, and so do their numbers; papers have used each of them. Distances
/// are always exact, in millimetres, from each element of one surface to the nearest of the other.
///
/// On a grid that is one voxel thick along an axis, that axis is left out: its masks are pictures,
/// and their surfaces outlines.
public enum SurfaceConvention: String, CaseIterable, Hashable, Sendable {
  /// Surface elements between the voxels, weighted by their area.
  ///
  /// An element lies at every corner between eight voxels of which some are inside, and its area is
  /// that of the marching-cubes surface there. Beyond the grid is outside. A percentile is the
  /// distance below which that part of the area lies, in the worse of the two directions; the
  /// average is over the area of both surfaces.
  ///
  /// Source: S. Nikolov et al., 2018, and the package surface-distance 0.1 that came with it.
  case surfels

  /// Voxels of the mask that have one of their six neighbours outside it, each counting alike.
  ///
  /// Beyond the grid is outside. A percentile is interpolated between voxels, in the worse of the
  /// two directions; the average is over the voxels of both surfaces.
  ///
  /// Source: MONAI 1.6, `compute_hausdorff_distance`, `compute_surface_dice`,
  /// `compute_average_surface_distance`; Metrics Reloaded measures in the same way.
  case voxels

  /// What SimpleITK's `LabelContour` and `SignedMaurerDistanceMap` give together: distances are
  /// taken at the voxels that have one of six neighbours outside, to the nearest voxel that has one
  /// of 26 neighbours outside.
  ///
  /// Beyond the grid is nothing, so a mask has no surface there. A percentile is interpolated over
  /// both directions together; the average is over the voxels of both surfaces.
  ///
  /// Source: SimpleITK 2.5; L. Ibáñez et al., "The ITK Software Guide".
  case contours

  /// The convention in words, for the line under a table.
  public var summary: String {
    switch self {
    case .surfels: "surfels (surface elements weighted by area, as in surface-distance)"
    case .voxels: "voxels (boundary voxels counted alike, as in MONAI)"
    case .contours: "contours (label contours and Maurer maps, as in SimpleITK)"
    }
  }
}
