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

  /// The header puts voxels where no patient is; `expected` and `found` say it in lengths.
  case implausibleGeometry(path: String, expected: String, found: String)

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

  /// The folder holds several series, and none was asked for, or one that it does not have.
  case seriesNeeded(path: String, series: [String])

  /// The slices do not make a volume as they are.
  case irregularSlices(path: String, fault: SliceFault)

  /// Values cannot be turned into standardized uptake; `reason` is a sentence without its full stop.
  case uptakeUnknown(path: String, reason: String)

  /// Nothing below the folder can be imported; `left` files or series were looked at.
  case noScans(path: String, left: Int)

  /// The description of a dataset is wrong; `problem` is a sentence without its full stop.
  case badDataset(path: String, problem: String, advice: String)

  /// The file could not be written, and what was there before is untouched.
  case writeFailed(path: String, reason: String)

  /// What was asked to be written, or its name, does not suit the format.
  case unwritable(path: String, reason: String, advice: String)

  /// The case lacks the scan on whose grid its masks would be written.
  case missingReference(caseName: String, modality: String)
}
