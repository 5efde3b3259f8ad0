internal import CNIfTI

/// What the header of a NIfTI file says.
///
/// Source: R. Cox et al., "A (Sort of) New Image Data Format Standard: NIfTI-1", 2004, and the
/// NIfTI-2 update of 2011.
public struct NIfTIHeader: Hashable, Sendable {
  /// The grid, RAS+ millimetres: from the sform, else the qform, else the voxel sizes alone, which
  /// is the order of nibabel.
  public internal(set) var geometry: Geometry

  /// How many volumes there are: the product of the fourth to seventh axes.
  public let frames: Int

  /// The type of a voxel in the file.
  public let type: VoxelType

  /// What a stored number is multiplied by; 1 when the file does not scale.
  public let slope: Double

  /// What is added to a stored number after that; 0 when the file does not scale.
  public let intercept: Double

  /// 1 or 2.
  public let version: Int

  /// What kind of space the quaternion leads to, 0 for none.
  public let qformCode: Int

  /// What kind of space the sform leads to, 0 for none.
  public let sformCode: Int

  /// qfac and the voxel sizes, eight numbers as in the file.
  public let pixelDimensions: [Double]

  /// The quaternion's b, c and d, as in the file.
  public let quaternion: SIMD3<Double>

  /// The quaternion form's shift, as in the file.
  public let quaternionOffset: SIMD3<Double>

  /// The three rows of the sform, one after the other, twelve numbers as in the file.
  public let sform: [Double]

  /// The units of space and time, as in the file: `xyzt_units`.
  public let units: Int

  /// How many axes the file counts.
  let rank: Int

  /// Whether the file has the other order of bytes.
  let isSwapped: Bool

  /// Where the voxels are.
  let voxelFile: VoxelFile
}

extension NIfTIHeader {
  /// Takes the header of a file apart and checks it.
  ///
  /// - Throws: ``ImagingError`` when the header promises what cannot be, or what is not read.
  init(_ raw: cnifti_header, at path: String, voxelFile: VoxelFile) throws(ImagingError) {
    let shape = try NIfTIShape(raw, at: path)
    let orientation = NIfTIOrientation(raw)
    guard let type = VoxelType(niftiCode: raw.datatype) else {
      throw .unsupported(
        path: path, found: "voxels of type \(String(cString: cnifti_type_name(raw.datatype)))",
        advice: "Convert them to real numbers, int16 or float32 for instance.")
    }
    let isScaled = raw.scl_slope.isFinite && raw.scl_slope != 0
    guard !isScaled || raw.scl_inter.isFinite else {
      throw .unsupported(
        path: path, found: "an intercept (scl_inter) of \(raw.scl_inter)",
        advice: "Correct the header.")
    }
    let map = orientation.map(size: shape.size)
    guard map.isInvertible else {
      throw .unsupported(
        path: path, found: "\(orientation.form.name) whose voxels have no volume",
        advice: "Correct the header's voxel sizes and orientation.")
    }
    geometry = Geometry(size: shape.size, map: map)
    (rank, frames, self.type) = (shape.rank, shape.frames, type)
    (slope, intercept) = isScaled ? (raw.scl_slope, raw.scl_inter) : (1, 0)
    version = Int(raw.version)
    (qformCode, sformCode) = (Int(raw.qform_code), Int(raw.sform_code))
    pixelDimensions = orientation.pixelDimensions
    (quaternion, quaternionOffset) = (orientation.quaternion, orientation.quaternionOffset)
    sform = orientation.sform
    units = Int(raw.xyzt_units)
    isSwapped = raw.is_swapped != 0
    self.voxelFile = voxelFile
  }
}

/// The lengths of a file's axes.
struct NIfTIShape {
  let rank: Int
  let size: SIMD3<Int>
  let frames: Int

  /// - Throws: ``ImagingError/absurdSize(path:description:)``.
  init(_ raw: cnifti_header, at path: String) throws(ImagingError) {
    let lengths = withUnsafeBytes(of: raw.dim) { $0.bindMemory(to: Int64.self).map { Int($0) } }
    guard (1...7).contains(lengths[0]) else {
      throw .absurdSize(path: path, description: "it counts \(lengths[0]) axes, not 1 to 7")
    }
    rank = lengths[0]
    let axes = (1...7).map { $0 <= lengths[0] ? lengths[$0] : 1 }
    let shown = axes.prefix(lengths[0]).map(String.init).joined(separator: " × ")
    guard axes.allSatisfy({ $0 > 0 }) else {
      throw .absurdSize(path: path, description: "it has \(shown) voxels")
    }
    // Four kilobytes per voxel would be a strange file: below that, no later product overflows.
    var count = 1
    for length in axes {
      let product = count.multipliedReportingOverflow(by: length)
      guard !product.overflow, product.partialValue < Int.max >> 12 else {
        throw .absurdSize(path: path, description: "it has \(shown) voxels")
      }
      count = product.partialValue
    }
    size = [axes[0], axes[1], axes[2]]
    frames = axes[3...].reduce(1, *)
  }
}
