/// What is done with a DICOM series beyond reading it as it is. Nothing of it happens unasked.
public struct DICOMOptions: Hashable, Sendable {
  /// What becomes of slices that are missing, or not equally far apart.
  public enum Gaps: String, Sendable, CaseIterable {
    /// The series is refused, with the place and the size of the gap.
    case refuse

    /// Equally distant slices are interpolated linearly between the two neighbours of each.
    case interpolate
  }

  /// What becomes of slices that are shifted along with the stack, by a tilted gantry for instance.
  public enum Tilt: String, Sendable, CaseIterable {
    /// The series is refused, with the angle.
    case refuse

    /// The voxel axes are left at the angle at which they are; every voxel is where it was.
    case keep
  }

  /// What becomes of several slices at one place.
  public enum Doubles: String, Sendable, CaseIterable {
    /// The series is refused, with the place.
    case refuse

    /// The one with the lowest instance number is taken.
    case first
  }

  /// Which of several series in a folder, counted from 1 in the order in which an error lists them.
  public var series: Int?

  public var gaps = Gaps.refuse
  public var tilt = Tilt.refuse
  public var doubles = Doubles.refuse

  /// Whether positron emission tomography becomes standardized uptake values by body weight.
  public var isUptake = false

  /// Reads a series as it is.
  public init() {}
}
