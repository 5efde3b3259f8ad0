internal import CResampling

/// A type in which intensities are stored and from which they are resampled without being copied to
/// another first: `Float`, `Int16` (CT) and `UInt8` (ultrasound).
public protocol IntensityScalar: Sendable {
  /// Which of them it is.
  static var storage: IntensityStorage { get }
}

/// How an intensity is stored.
public enum IntensityStorage: Sendable {
  case uint8, int16, float

  var kernelType: cresampling_type {
    switch self {
    case .uint8: CRESAMPLING_UINT8
    case .int16: CRESAMPLING_INT16
    case .float: CRESAMPLING_FLOAT
    }
  }
}

extension UInt8: IntensityScalar {
  public static var storage: IntensityStorage { .uint8 }
}

extension Int16: IntensityScalar {
  public static var storage: IntensityStorage { .int16 }
}

extension Float: IntensityScalar {
  public static var storage: IntensityStorage { .float }
}

extension ModalityKind {
  /// What lies outside a scan's box when it is brought on to a larger grid: air (-1024 HU) for CT,
  /// nothing (0) for the others.
  public var valueOutside: Float { self == .ct ? -1024 : 0 }
}
