import Foundation

/// Why slices do not make a volume as they are.
public enum SliceFault: Equatable, Sendable {
  /// The slices are not equally far apart; `spacing` is the usual distance and `found` the one that
  /// differs most, both in millimetres, after slice `index`, counted from 0 along the stack.
  case unequalGaps(spacing: Double, found: Double, after: Int, slices: Int)

  /// Several slices are at one place, in millimetres along the stack.
  case doubleSlices(places: Int, first: Double, slices: Int)

  /// The slices are shifted along with the stack, by this angle in degrees.
  case tilted(degrees: Double)

  /// A slice, counted from 0, lies this far beside the line of the others, in millimetres.
  case sideways(distance: Double, slice: Int, slices: Int)

  /// Some slices say where they are and others do not.
  case placesMissing(count: Int, slices: Int)
}

extension SliceFault: CustomStringConvertible {
  /// Completes "PATH is not one regular stack of slices: …".
  public var description: String {
    switch self {
    case .unequalGaps(let spacing, let found, let index, let slices):
      let missing = (found / spacing).rounded() - 1
      let isMissing = missing >= 1 && abs(found / spacing - missing - 1) < 0.05
      let reading =
        isMissing
        ? missing == 1 ? " (one slice is missing)" : " (\(Int(missing)) slices are missing)" : ""
      return String(
        format: "of its %d slices most are %.4g mm apart, and slices %d and %d are %.4g mm apart",
        slices, spacing, index + 1, index + 2, found) + reading
    case .doubleSlices(let places, let first, let slices):
      let place = places == 1 ? "one place" : "each of \(places) places"
      return "of its \(slices) slices several are at \(place), "
        + String(format: "the first of them at %.4g mm along the stack", first)
    case .tilted(let degrees):
      return String(
        format: "its slices are shifted along with the stack by an angle of %.2f degrees", degrees)
    case .sideways(let distance, let slice, let slices):
      return String(
        format: "slice %d of %d lies %.4g mm beside the line from the first to the last",
        slice + 1, slices, distance)
    case .placesMissing(let count, let slices):
      return "\(count) of its \(slices) slices do not say where they are"
    }
  }

  /// What to do.
  var advice: String {
    switch self {
    case .unequalGaps:
      "Complete the series, or choose --gaps interpolate."
    case .doubleSlices:
      "Remove the surplus slices, or choose --doubles first."
    case .tilted:
      "Choose --tilt keep to leave the voxel axes at this angle."
    case .sideways:
      "Take the slice out of the folder, or get it again from its source."
    case .placesMissing:
      "Take the slices without a place out of the folder."
    }
  }
}
