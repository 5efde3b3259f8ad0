import Imaging

/// A mask of `size`³ voxels of 1 mm that is 1 where all three indices are in `range`.
func cube(_ range: Range<Int>, shiftedAlongX shift: Int = 0, in size: Int = 14) -> LabelMap {
  var mask = LabelMap(
    geometry: Geometry(size: SIMD3(repeating: size), spacing: SIMD3(repeating: 1)), filledWith: 0)
  for z in range {
    for y in range {
      for x in range { mask[x + shift, y, z] = 1 }
    }
  }
  return mask
}

/// A row of voxels of 1 mm.
func row(_ values: [UInt16], at x: Double = 0) -> LabelMap {
  LabelMap(
    geometry: Geometry(
      size: SIMD3(values.count, 1, 1), spacing: SIMD3(repeating: 1), origin: SIMD3(x, 0, 0)),
    voxels: values)
}
