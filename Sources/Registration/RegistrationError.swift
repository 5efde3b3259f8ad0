public import Imaging

/// Why two scans could not be aligned, or a transform not be used.
public enum RegistrationError: Error, Equatable, Sendable {
  /// Some voxels are NaN or infinite.
  case nonFinite(path: String, count: Int)

  /// An intensity beyond what can be squared and added.
  case extreme(path: String, intensity: Float, greatest: Float)

  /// All voxels are alike, and no place of it is better than another.
  case constant(path: String)

  /// A scan of so few slices that rotations out of their plane change nothing.
  case tooThin(path: String, geometry: Geometry)

  /// No start had enough in common with the fixed scan.
  case noCommonRoom(moving: String, fixed: String, leastOverlap: Double)

  /// The file is not a transform; `problem` is a sentence without its full stop.
  case badTransform(path: String, problem: String)

  /// The scan is not where the transform leads from or to.
  case wrongFrame(path: String, scan: String, isFixed: Bool, isReversed: Bool)
}

extension RegistrationError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .nonFinite(let path, let count):
      let voxels = count == 1 ? "1 voxel that is" : "\(count) voxels that are"
      return "\(path) has \(voxels) NaN or infinite, where all must be finite. Replace them, with "
        + "the value of air for instance."
    case .extreme(let path, let intensity, let greatest):
      return
        "\(path) has an intensity of \(intensity), and beyond \(greatest) they cannot be compared. "
        + "Replace what stands for no value, with the value of air for instance."
    case .constant(let path):
      return "\(path) has one intensity in all its voxels, so it lies as well in one place as in "
        + "another. Check the file."
    case .tooThin(let path, let geometry):
      return
        "\(path) has \(geometry), and aligning takes at least 4 along each axis. Give a volume "
        + "rather than a picture."
    case .noCommonRoom(let moving, let fixed, let leastOverlap):
      return "\(moving) and \(fixed) have nowhere enough in common: \(leastOverlap) of the smaller "
        + "box must lie in the other. Begin with the middles of the boxes on one another (--initial "
        + "centre), or allow less (--overlap)."
    case .badTransform(let path, let problem):
      return "\(path) is not a transform: \(problem). Make it again with --save-transform."
    case .wrongFrame(let path, let scan, let isFixed, let isReversed):
      let place = isFixed ? "leads from" : "leads to"
      let advice =
        isReversed
        ? "It fits the other way round: add --inverse, or exchange the two scans."
        : "Give the scans that it was made for, or others that lie where they do."
      return "\(scan) does not lie where the transform \(path) \(place). \(advice)"
    }
  }
}
