internal import CNIfTI

/// The fields of a NIfTI header that say where the voxels are.
struct NIfTIOrientation {
  /// Which of the three ways to say it counts.
  enum Form {
    case sform, qform, base

    /// What an error calls it, with its article.
    var name: String {
      switch self {
      case .sform: "an sform"
      case .qform: "a qform"
      case .base: "a header without orientation"
      }
    }
  }

  let form: Form
  let version: Int32
  let rank: Int
  let pixelDimensions: [Double]
  let quaternion: SIMD3<Double>
  let quaternionOffset: SIMD3<Double>
  let sform: [Double]

  init(_ raw: cnifti_header) {
    version = raw.version
    rank = Int(raw.dim.0)
    pixelDimensions = numbers(raw.pixdim)
    quaternion = [raw.quaternion.0, raw.quaternion.1, raw.quaternion.2]
    quaternionOffset = [raw.qoffset.0, raw.qoffset.1, raw.qoffset.2]
    sform = numbers(raw.srow)
    // Codes that no standard lists count as none.
    let listed: ClosedRange<Int32> = 1...5
    if listed.contains(raw.sform_code) {
      form = .sform
    } else if listed.contains(raw.qform_code) {
      form = .qform
    } else {
      form = .base
    }
  }

  /// The map from voxel indices to RAS+ millimetres, with the values that nibabel has.
  func map(size: SIMD3<Int>) -> AffineMap {
    switch form {
    case .sform:
      let column = { (index: Int) -> SIMD3<Double> in
        [sform[index], sform[4 + index], sform[8 + index]]
      }
      return AffineMap(x: column(0), y: column(1), z: column(2), offset: column(3))
    case .qform:
      let handedness: Double = pixelDimensions[0] == -1 ? -1 : 1
      let (x, y, z) = rotation
      return AffineMap(
        x: x * voxelSize.x, y: y * voxelSize.y, z: z * (voxelSize.z * handedness),
        offset: quaternionOffset)
    case .base:
      // The centre of the box is the origin, and the first axis points left, as in Analyze.
      let steps: SIMD3<Double> = [
        -voxelSize.x, rank > 1 ? voxelSize.y : 1, rank > 2 ? voxelSize.z : 1,
      ]
      return AffineMap(
        x: [steps.x, 0, 0], y: [0, steps.y, 0], z: [0, 0, steps.z],
        offset: -steps * SIMD3<Double>(size &- 1) / 2)
    }
  }

  /// The lengths of a voxel; a length of zero counts as 1, and a negative one without its sign.
  private var voxelSize: SIMD3<Double> {
    let lengths = pixelDimensions[1...3].map { $0 == 0 ? 1 : abs($0) }
    return [lengths[0], lengths[1], lengths[2]]
  }

  /// The columns of the rotation that the quaternion stands for.
  ///
  /// Source: K. Shoemake, "Animating Rotation with Quaternion Curves", SIGGRAPH 1985.
  private var rotation: (x: SIMD3<Double>, y: SIMD3<Double>, z: SIMD3<Double>) {
    let (b, c, d) = (quaternion.x, quaternion.y, quaternion.z)
    // What is left for a below the precision of the file's numbers is noise.
    let noise = 3 * (version == 1 ? Double(Float.ulpOfOne) : Double.ulpOfOne)
    let rest = 1 - (b * b + c * c + d * d)
    let a = rest < noise ? 0 : rest.squareRoot()
    let s = 2 / (a * a + b * b + c * c + d * d)
    return (
      x: [1 - s * (c * c + d * d), s * (b * c + a * d), s * (b * d - a * c)],
      y: [s * (b * c - a * d), 1 - s * (b * b + d * d), s * (c * d + a * b)],
      z: [s * (b * d + a * c), s * (c * d - a * b), 1 - s * (b * b + c * c)]
    )
  }
}

/// The numbers of a C array, which Swift sees as a tuple.
private func numbers<Tuple>(_ tuple: Tuple) -> [Double] {
  withUnsafeBytes(of: tuple) { Array($0.bindMemory(to: Double.self)) }
}
