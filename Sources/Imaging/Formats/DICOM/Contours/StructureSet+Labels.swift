extension StructureSet {
  /// Paints regions on a grid, each with its label; where two overlap, the later one stays.
  ///
  /// - Returns: The label map, and how many voxels each region after the first took from another.
  /// - Throws: ``ImagingError``.
  func labelMap(
    of painted: [(region: Region, label: UInt16)], on geometry: Geometry
  ) throws(ImagingError) -> (labels: LabelMap, overlapping: Int) {
    var voxels = [UInt16](repeating: 0, count: geometry.voxelCount)
    var overlapping = 0
    let size = geometry.size
    for (region, label) in painted {
      try ContourFill(on: geometry).fill(region, path: path) { y, z, range in
        let start = size.x * (y + size.y * z)
        for voxel in (start + range.lowerBound)..<(start + range.upperBound) {
          if voxels[voxel] != 0, voxels[voxel] != label { overlapping += 1 }
          voxels[voxel] = label
        }
      }
    }
    return (LabelMap(geometry: geometry, voxels: voxels), overlapping)
  }

  /// Whether the contours were drawn on this series, or at least in its space.
  func isDrawn(on identity: DICOMIdentity) -> Bool {
    if !referencedSeries.isEmpty { return referencedSeries.contains(identity.series) }
    return framesOfReference.contains(identity.frameOfReference)
  }
}
