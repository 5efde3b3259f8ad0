import Foundation

extension ImagingError: CustomStringConvertible {
  public var description: String { problem + " " + advice }

  /// Which file, what was expected and what was found.
  private var problem: String {
    switch self {
    case .missingFile(let path):
      "\(path) does not exist."
    case .unreadable(let path, let reason):
      "\(path) cannot be read: \(reason)."
    case .unsupported(let path, let found, _):
      "\(path) holds \(found), which is not supported."
    case .truncated(let path, let expected, let found):
      "\(path) ends too early: its header promises \(expected) bytes of voxels, and \(found) are there."
    case .absurdSize(let path, let description):
      "The header of \(path) cannot be true: \(description)."
    case .implausibleGeometry(let path, let expected, let found):
      "The header of \(path) cannot be true: expected \(expected), found \(found)."
    case .gridMismatch(let path, let image, let labels):
      "\(path) is not on the grid of its scan: \(difference(of: image, and: labels))."
    case .noOverlap(let path, let scan, let reference):
      "\(path) does not overlap the reference scan: it covers \(box(scan)), and the reference covers "
        + "\(box(reference))."
    case .nonFinite(let path, let count):
      "\(path) has \(counted(count, "voxel")) that \(count == 1 ? "is" : "are") NaN or infinite, where "
        + "all must be finite."
    case .badLabels(let path, let description):
      "\(path) is not a label map: \(description)."
    case .unknownLabels(let path, let found, let allowed):
      "\(path) has the label \(found.count == 1 ? "value" : "values") \(listed(found)), which the "
        + "dataset does not list; it lists \(listed(allowed))."
    case .frameNeeded(let path, let frames):
      "\(path) holds \(frames) volumes, and one is needed."
    case .badFrame(let path, let frame, let frames):
      "\(path) has no frame \(frame): it holds \(counted(frames, "volume"))."
    case .seriesNeeded(let path, let series):
      "\(path) holds \(series.count) series:\n"
        + series.enumerated().map { "  \($0 + 1): \($1)\n" }.joined() + "One is needed."
    case .irregularSlices(let path, let fault):
      "\(path) is not one regular stack of slices: \(fault)."
    case .uptakeUnknown(let path, let reason):
      "\(path) has no standardized uptake values: \(reason)."
    case .noScans(let path, let left):
      "\(path) has no scan that can be imported"
        + (left == 0 ? ", nor anything else." : "; \(left) others were looked at.")
    case .badDataset(let path, let problem, _):
      "\(path) does not describe a dataset: \(problem)."
    case .writeFailed(let path, let reason):
      "\(path) could not be written: \(reason)."
    case .unwritable(let path, let reason, _):
      "\(path) cannot be written: \(reason)."
    case .missingReference(let caseName, let modality):
      "Case \(caseName) has no \(modality) scan, on whose grid its masks are written."
    }
  }

  /// What to do.
  private var advice: String {
    switch self {
    case .missingFile:
      "Check the path."
    case .unreadable:
      "Check the file, or get it again from its source."
    case .unsupported(_, _, let advice), .badDataset(_, _, let advice),
      .unwritable(_, _, let advice):
      advice
    case .truncated, .absurdSize:
      "Get the file again from its source."
    case .implausibleGeometry:
      "Correct its voxel sizes and its position, or get the file again from its source."
    case .gridMismatch:
      "Resample the labels on to the scan's grid."
    case .noOverlap:
      "Check that both are of one patient and that neither has lost its position."
    case .nonFinite:
      "Replace them, with the value of air for instance."
    case .badLabels:
      "Labels are whole numbers from 0 to 65535."
    case .unknownLabels:
      "Add them to the dataset's labels, or correct the file."
    case .frameNeeded(_, let frames), .badFrame(_, _, let frames):
      frames == 1 ? "Choose frame 0." : "Choose a frame from 0 to \(frames - 1)."
    case .seriesNeeded:
      "Choose one with --series and its number."
    case .irregularSlices(_, let fault):
      fault.advice
    case .noScans:
      "Check the folder, or name its modalities in a rules file."
    case .uptakeUnknown:
      "Complete the header, or read the values as they are."
    case .writeFailed:
      "Check the folder, its permissions and the space on the disk."
    case .missingReference:
      "Add the scan, or leave the case out."
    }
  }
}

/// How two grids differ: in what they say of themselves, or else in their place.
private func difference(of image: Geometry, and labels: Geometry) -> String {
  guard image.description == labels.description else {
    return "the scan has \(image), the labels have \(labels)"
  }
  return "both have \(image), but the scan covers \(box(image)) and the labels cover \(box(labels))"
}

/// "x -10.0…20.0, y 0.0…5.0, z 7.5…9.5 mm".
private func box(_ geometry: Geometry) -> String {
  let (lower, upper) = geometry.bounds
  let ranges = zip(["x", "y", "z"], 0..<3).map { name, axis in
    name + String(format: " %.1f…%.1f", lower[axis], upper[axis])
  }
  return ranges.joined(separator: ", ") + " mm"
}

private func counted(_ count: Int, _ noun: String) -> String {
  count == 1 ? "1 \(noun)" : "\(count) \(noun)s"
}

private func listed(_ values: [Int]) -> String {
  values.map(String.init).joined(separator: ", ")
}
