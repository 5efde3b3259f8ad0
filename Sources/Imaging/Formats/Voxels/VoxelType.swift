internal import CVoxels

/// The types of number that files store.
public enum VoxelType: String, Hashable, Sendable, CaseIterable {
  case uint8, int8, uint16, int16, uint32, int32, uint64, int64, float32, float64

  /// The bytes that one number takes.
  public var byteCount: Int {
    switch self {
    case .uint8, .int8: 1
    case .uint16, .int16: 2
    case .uint32, .int32, .float32: 4
    case .uint64, .int64, .float64: 8
    }
  }

  /// Whether the numbers are whole.
  public var isInteger: Bool { self != .float32 && self != .float64 }

  /// What CVoxels calls it.
  var code: cvoxels_type {
    switch self {
    case .uint8: CVOXELS_UINT8
    case .int8: CVOXELS_INT8
    case .uint16: CVOXELS_UINT16
    case .int16: CVOXELS_INT16
    case .uint32: CVOXELS_UINT32
    case .int32: CVOXELS_INT32
    case .uint64: CVOXELS_UINT64
    case .int64: CVOXELS_INT64
    case .float32: CVOXELS_FLOAT32
    case .float64: CVOXELS_FLOAT64
    }
  }
}

/// A number that files store.
public protocol VoxelNumber: Sendable, BitwiseCopyable {
  /// Its type in a file.
  static var voxelType: VoxelType { get }
}

extension UInt8: VoxelNumber { public static let voxelType = VoxelType.uint8 }
extension Int8: VoxelNumber { public static let voxelType = VoxelType.int8 }
extension UInt16: VoxelNumber { public static let voxelType = VoxelType.uint16 }
extension Int16: VoxelNumber { public static let voxelType = VoxelType.int16 }
extension UInt32: VoxelNumber { public static let voxelType = VoxelType.uint32 }
extension Int32: VoxelNumber { public static let voxelType = VoxelType.int32 }
extension UInt64: VoxelNumber { public static let voxelType = VoxelType.uint64 }
extension Int64: VoxelNumber { public static let voxelType = VoxelType.int64 }
extension Float: VoxelNumber { public static let voxelType = VoxelType.float32 }
extension Double: VoxelNumber { public static let voxelType = VoxelType.float64 }
