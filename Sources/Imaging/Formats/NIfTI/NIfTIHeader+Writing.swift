internal import CNIfTI

extension NIfTI {
  /// The header of a file with one volume.
  static func rawHeader(
    for geometry: Geometry, type: VoxelType, like: NIfTIHeader?
  ) -> cnifti_header {
    var raw = cnifti_header()
    (raw.datatype, raw.bits) = (type.niftiCode, Int32(8 * type.byteCount))
    raw.scl_slope = 1
    raw.xyzt_units = Int32(like?.units ?? 2)  // 2: millimetres.
    if let like, like.geometry.agrees(with: geometry) {
      raw.copyOrientation(of: like)
    } else {
      raw.setOrientation(geometry)
    }
    raw.setSize(geometry.size, rank: like?.rank ?? 3)
    let needsSecondVersion = geometry.size.max() > Int(Int16.max)
    raw.version = needsSecondVersion || like?.version == 2 ? 2 : 1
    return raw
  }
}

extension cnifti_header {
  /// Takes every field that says where the voxels are as it is in another file.
  fileprivate mutating func copyOrientation(of other: NIfTIHeader) {
    fill(&pixdim, with: other.pixelDimensions)
    fill(&srow, with: other.sform)
    quaternion = (other.quaternion.x, other.quaternion.y, other.quaternion.z)
    qoffset = (other.quaternionOffset.x, other.quaternionOffset.y, other.quaternionOffset.z)
    qform_code = Int32(other.qformCode)
    sform_code = Int32(other.sformCode)
  }

  /// Says where the voxels are in both ways; a grid with oblique angles has no quaternion.
  fileprivate mutating func setOrientation(_ geometry: Geometry) {
    let rows = geometry.affine[..<3].flatMap(\.self)
    let spacing = geometry.spacing
    fill(&srow, with: rows)
    sform_code = 1  // The coordinates of the scanner.
    var turn = [0.0, 0, 0]
    var handedness = 1.0
    cnifti_quaternion(rows, &turn, &handedness)
    quaternion = (turn[0], turn[1], turn[2])
    qoffset = (geometry.origin.x, geometry.origin.y, geometry.origin.z)
    qform_code = geometry.direction.isOrthogonal ? 1 : 0
    fill(&pixdim, with: [handedness, spacing.x, spacing.y, spacing.z, 1, 1, 1, 1])
  }

  /// Sets the lengths of the axes. A file of fewer than three axes is answered with as many, since
  /// without an orientation the number of axes says which voxel sizes count.
  fileprivate mutating func setSize(_ size: SIMD3<Int>, rank: Int) {
    let isFlat = rank < 3 && size.z == 1 && (rank == 2 || size.y == 1)
    dim = (isFlat ? Int64(rank) : 3, Int64(size.x), Int64(size.y), Int64(size.z), 1, 1, 1, 1)
  }

  /// Copies numbers into a C array, which Swift sees as a tuple.
  private func fill<Tuple>(_ tuple: inout Tuple, with numbers: [Double]) {
    withUnsafeMutableBytes(of: &tuple) { bytes in
      numbers.withUnsafeBytes { bytes.copyMemory(from: $0) }
    }
  }
}

extension Direction {
  /// Whether the axes are at right angles, within what a float32 can tell.
  public var isOrthogonal: Bool {
    max(abs((x * y).sum()), abs((y * z).sum()), abs((z * x).sum())) < 1e-5
  }
}
