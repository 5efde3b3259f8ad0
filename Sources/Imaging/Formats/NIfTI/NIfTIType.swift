internal import CNIfTI

extension VoxelType {
  /// NIfTI's codes of the types that are read.
  private static let niftiCodes: [VoxelType: Int32] = [
    .uint8: 2, .int16: 4, .int32: 8, .float32: 16, .float64: 64, .int8: 256, .uint16: 512,
    .uint32: 768, .int64: 1024, .uint64: 1280,
  ]

  /// The type of a NIfTI code; `nil` for colours, complex numbers and others that are not read.
  init?(niftiCode: Int32) {
    guard let type = Self.niftiCodes.first(where: { $0.value == niftiCode })?.key else {
      return nil
    }
    self = type
  }

  /// NIfTI's code.
  var niftiCode: Int32 { Self.niftiCodes[self] ?? 0 }
}
