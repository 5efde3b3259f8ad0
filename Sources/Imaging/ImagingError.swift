import Foundation

/// What can be wrong with a scan, a dataset, or the disk they are on.
///
/// Every description says which file, what was expected, what was found, and what to do.
public enum ImagingError: Error, Equatable, Sendable {
  /// Nothing is at the path.
  case missingFile(path: String)

  /// The system, or the file's own damage, keeps it from being read.
  case unreadable(path: String, reason: String)

  /// The file is whole, but holds something that is not read; `found` completes "holds …".
  case unsupported(path: String, found: String, advice: String)

  /// The file ends before its last voxel; counted in bytes of voxels.
  case truncated(path: String, expected: Int, found: Int)

  /// The header asks for more than there can be; `description` completes "cannot be true: …".
  case absurdSize(path: String, description: String)

  /// The labels are not on the grid of the scan they belong to.
  case gridMismatch(path: String, image: Geometry, labels: Geometry)

  /// The scan shares no room with the case's reference scan.
  case noOverlap(path: String, scan: Geometry, reference: Geometry)

  /// Some voxels are NaN or infinite.
  case nonFinite(path: String, count: Int)

  /// Some voxels cannot be labels; `description` completes "is not a label map: …".
  case badLabels(path: String, description: String)

  /// The labels have values that the dataset does not list.
  case unknownLabels(path: String, found: [Int], allowed: [Int])

  /// The file holds several volumes, and none was asked for.
  case frameNeeded(path: String, frames: Int)

  /// The file does not have the volume that was asked for.
  case badFrame(path: String, frame: Int, frames: Int)

  /// The description of a dataset is wrong; `problem` is a sentence without its full stop.
  case badDataset(path: String, problem: String, advice: String)

  /// The file could not be written, and what was there before is untouched.
  case writeFailed(path: String, reason: String)

  /// The case lacks the scan on whose grid its masks would be written.
  case missingReference(caseName: String, modality: String)
}

extension ImagingError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .missingFile(let path):
      return "\(path) does not exist. Check the path."
    case .unreadable(let path, let reason):
      return "\(path) cannot be read: \(reason). Check the file, or get it again from its source."
    case .unsupported(let path, let found, let advice):
      return "\(path) holds \(found), which is not supported. \(advice)"
    case .truncated(let path, let expected, let found):
      return "\(path) ends too early: its header promises \(expected) bytes of voxels, and "
        + "\(found) are there. Get the file again from its source."
    case .absurdSize(let path, let description):
      return "The header of \(path) cannot be true: \(description). Get the file again from its "
        + "source."
    case .gridMismatch(let path, let image, let labels):
      return Self.describeMismatch(path: path, image: image, labels: labels)
    case .noOverlap(let path, let scan, let reference):
      return "\(path) does not overlap the reference scan: it covers \(Self.box(scan)), and the "
        + "reference covers \(Self.box(reference)). Check that both are of one patient and that "
        + "neither has lost its position."
    case .nonFinite(let path, let count):
      return "\(path) has \(Self.counted(count, "voxel")) that \(count == 1 ? "is" : "are") NaN or "
        + "infinite, where all must be finite. Replace them, with the value of air for instance."
    case .badLabels(let path, let description):
      return "\(path) is not a label map: \(description). Labels are whole numbers from 0 to 65535."
    default:
      return choiceDescription
    }
  }

  /// The sentences of the cases in which the file is sound and what was asked of it is not.
  private var choiceDescription: String {
    switch self {
    case .unknownLabels(let path, let found, let allowed):
      return "\(path) has the label values \(Self.listed(found)), which the dataset does not list; "
        + "it lists \(Self.listed(allowed)). Add them to the dataset's labels, or correct the file."
    case .frameNeeded(let path, let frames):
      return "\(path) holds \(frames) volumes, and one is needed. Choose a frame from 0 to "
        + "\(frames - 1)."
    case .badFrame(let path, let frame, let frames):
      let choice = frames == 1 ? "frame 0" : "a frame from 0 to \(frames - 1)"
      return "\(path) has no frame \(frame): it holds \(Self.counted(frames, "volume")). Choose "
        + "\(choice)."
    case .badDataset(let path, let problem, let advice):
      return "\(path) does not describe a dataset: \(problem). \(advice)"
    case .writeFailed(let path, let reason):
      return "\(path) could not be written: \(reason). Check the folder, its permissions and the "
        + "space on the disk."
    case .missingReference(let caseName, let modality):
      return "Case \(caseName) has no \(modality) scan, on whose grid its masks are written. Add "
        + "the scan, or leave the case out."
    default:
      return ""
    }
  }

  private static func describeMismatch(path: String, image: Geometry, labels: Geometry) -> String {
    let ask = "Resample the labels on to the scan's grid."
    guard image.description == labels.description else {
      return "\(path) is not on the grid of its scan: the scan has \(image), the labels have "
        + "\(labels). \(ask)"
    }
    return "\(path) is not on the grid of its scan: both have \(image), but the scan covers "
      + "\(box(image)) and the labels cover \(box(labels)). \(ask)"
  }

  /// "x -10.0…20.0, y …, z … mm".
  private static func box(_ geometry: Geometry) -> String {
    let (lower, upper) = geometry.bounds
    let ranges = zip(["x", "y", "z"], 0..<3).map { name, axis in
      String(format: "%@ %.1f…%.1f", name, lower[axis], upper[axis])
    }
    return ranges.joined(separator: ", ") + " mm"
  }

  private static func counted(_ count: Int, _ noun: String) -> String {
    count == 1 ? "1 \(noun)" : "\(count) \(noun)s"
  }

  private static func listed(_ values: [Int]) -> String {
    values.map(String.init).joined(separator: ", ")
  }
}
