internal import CNIfTI

extension NIfTI {
  /// Writes a volume as float32 to a `.nii` or `.nii.gz`.
  ///
  /// - Parameters:
  ///   - volume: What to write.
  ///   - path: Where; an existing file is replaced once the new one is whole.
  ///   - like: The header of a file on the same grid, whose orientation fields and units are copied
  ///     bit for bit. When its grid is another one, only its units are.
  /// - Throws: ``ImagingError/writeFailed(path:reason:)``, or
  ///   ``ImagingError/unwritable(path:reason:advice:)`` for another name.
  public static func write(
    _ volume: Volume<Float>, to path: String, like: NIfTIHeader? = nil
  ) throws(ImagingError) {
    let header = rawHeader(for: volume.geometry, dataType: 16, like: like)
    try replace(path, with: header, volume.voxels)
  }

  /// Writes a label map to a `.nii` or `.nii.gz`, as uint8 when all values fit and else as uint16.
  ///
  /// - Parameters:
  ///   - labels: What to write.
  ///   - path: Where; an existing file is replaced once the new one is whole.
  ///   - like: As for a volume.
  /// - Throws: ``ImagingError/writeFailed(path:reason:)``.
  public static func write(
    _ labels: LabelMap, to path: String, like: NIfTIHeader? = nil
  ) throws(ImagingError) {
    if labels.voxels.allSatisfy({ $0 <= UInt8.max }) {
      let header = rawHeader(for: labels.geometry, dataType: 2, like: like)
      try replace(path, with: header, labels.voxels.map(UInt8.init(truncatingIfNeeded:)))
    } else {
      let header = rawHeader(for: labels.geometry, dataType: 512, like: like)
      try replace(path, with: header, labels.voxels)
    }
  }

  /// Writes under a temporary name first.
  private static func replace<Scalar>(
    _ path: String, with header: cnifti_header, _ voxels: [Scalar]
  ) throws(ImagingError) {
    let name = path.lowercased()
    guard name.hasSuffix(".nii") || name.hasSuffix(".nii.gz") else {
      throw .unwritable(
        path: path, reason: "the name of a NIfTI file ends with .nii or .nii.gz",
        advice: "Choose such a name.")
    }
    try AtomicFile.replace(path) { temporary throws(ImagingError) in
      try store(
        header, voxels, at: temporary, isCompressed: name.hasSuffix(".gz"), reportedPath: path)
    }
  }

  /// Writes right to `path`; errors name `reportedPath`.
  static func store<Scalar>(
    _ header: cnifti_header, _ voxels: [Scalar], at path: String, isCompressed: Bool,
    reportedPath: String
  ) throws(ImagingError) {
    var header = header
    let status = voxels.withUnsafeBytes {
      cnifti_write(path, &header, $0.baseAddress, Int64($0.count), isCompressed ? 1 : 0)
    }
    guard status == CNIFTI_DONE else {
      throw .writeFailed(path: reportedPath, reason: String(cString: cnifti_last_error()))
    }
  }

  /// The header of a file with one volume.
  static func rawHeader(
    for geometry: Geometry, dataType: Int32, like: NIfTIHeader?
  ) -> cnifti_header {
    var raw = cnifti_header()
    raw.datatype = dataType
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
  var isOrthogonal: Bool {
    max(abs((x * y).sum()), abs((y * z).sum()), abs((z * x).sum())) < 1e-5
  }
}
