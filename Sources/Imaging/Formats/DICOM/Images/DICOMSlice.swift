/// One picture of a DICOM file: where it lies, how its numbers are scaled, and what tells it from
/// others at the same place.
struct DICOMSlice {
  /// The file's number in the list it is part of, and the picture's number in the file.
  let frame: Int

  /// `nil` for pictures that do not say where they lie.
  let plane: DICOMPlane?

  /// The distance of columns and of rows in millimetres; `nil` where no one says.
  let spacing: SIMD2<Double>?

  /// The thickness, or the distance to the next picture, that the file claims, in millimetres.
  let thickness: Double?

  let slope: Double
  let intercept: Double

  /// What tells pictures at one place apart, by ``DICOMSliceKey``.
  let keys: [DICOMSliceKey: String]

  /// The stack that the file says the picture is part of.
  let stack: String?
}

/// What can tell pictures at one place apart, in the order in which it is tried.
enum DICOMSliceKey: Int, CaseIterable, Comparable {
  case imageType, component, echo, diffusion, temporalPosition, acquisition, trigger, sequence
  case acquisitionTime, dimensions

  static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }

  /// What messages call it.
  var name: String {
    switch self {
    case .imageType: "image type"
    case .component: "complex component"
    case .echo: "echo"
    case .diffusion: "diffusion weighting"
    case .temporalPosition: "temporal position"
    case .acquisition: "acquisition"
    case .trigger: "trigger time"
    case .sequence: "sequence"
    case .acquisitionTime: "acquisition time"
    case .dimensions: "dimension index"
    }
  }
}
