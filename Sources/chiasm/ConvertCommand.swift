import Foundation
import Imaging

/// `chiasm convert`: any scan that is read, as NIfTI, on its own grid or on another scan's.
struct ConvertCommand: Command {
  static let help = Help(
    name: "convert",
    abstract: "Write any scan that is read as NIfTI, on its own grid or on another scan's.",
    usage: ["SCAN OUT.nii.gz [--frame N] [--like OTHER]"],
    options: [
      .init("frame", "N", "Which volume of a scan with several, from 0."),
      .init("like", "OTHER", "Resample on to the grid of this scan.", standard: "the scan's own"),
      .init(
        "interpolation", ResamplingChoice.allCases.map(\.rawValue).joined(separator: "|"),
        "How to resample with --like; labels lets each label vote with its trilinear weight.",
        standard: "labels for what looks like a label map, and else linear"),
      .init(
        "outside", "VALUE", "The value where the scan does not reach, with --like.",
        standard: "0"),
      .init(
        "orthonormalize", "Give a scan whose axes are skewed the nearest axes at right angles."),
      .init("quiet", "Print nothing that is not a warning or an error."),
      .init("json", "Print what was written as JSON."),
    ] + DICOMChoice.help,
    example: "chiasm convert prostate.mha prostate.nii.gz",
    discussion: "On its own grid the scan keeps its numbers, their type and their scaling, and a "
      + "NIfTI scan its form codes and units. Names, descriptions and anything else about a patient "
      + "are not carried over. Resampled scans are float32, except label maps and whole numbers that "
      + "are resampled to the nearest. Labels are never averaged unless linear or cubic is asked for; "
      + "what looks like a label map without being one needs --interpolation too.")

  private let scan: String
  private let output: String
  private let frame: Int?
  private let like: String?
  private let interpolation: ResamplingChoice?
  private let outside: Double?
  private let isOrthonormalized: Bool
  private let dicom: DICOMChoice
  private let printing: PrintingOptions

  init(_ arguments: inout Arguments) throws(UsageError) {
    printing = try PrintingOptions(&arguments)
    isOrthonormalized = try arguments.flag("orthonormalize")
    dicom = try DICOMChoice(&arguments)
    frame = try arguments.integer("frame", in: 0...Int(Int32.max))
    like = try arguments.option("like")
    interpolation = try arguments.choice("interpolation", of: ResamplingChoice.self)
    outside = try arguments.numbers("outside", from: -1e9, to: 1e9)?.first
    scan = try arguments.next("SCAN")
    output = try arguments.next("OUT.nii.gz")
    guard [".nii", ".nii.gz"].contains(where: output.lowercased().hasSuffix) else {
      throw UsageError("OUT ends with .nii or .nii.gz, and '\(output)' does not.")
    }
    guard like != nil || interpolation == nil && outside == nil else {
      throw UsageError("--interpolation and --outside only go with --like.")
    }
    try interpolation?.check(outside: outside ?? 0)
  }

  func run(_ console: Console) throws -> ExitCode {
    let reader = try ScanFile.open(scan, dicom: dicom.options)
    for note in reader.notes { console.warn("\(scan): \(note).") }
    let volume = straightened(try reader.read(frame: try chooseFrame(of: reader)), on: console)
    guard let like else {
      try NIfTI.write(volume, to: output, like: reader.header)
      return try report(volume, nil, on: console)
    }
    let other = try ScanFile.open(like)
    let resampled = try ResampledScan(
      volume, at: scan, onto: other.geometry, by: interpolation, outside: Float(outside ?? 0))
    if interpolation == nil, resampled.choice == .labels {
      console.warn(
        "\(scan) looks like a label map, and its labels are resampled by their vote. Choose another "
          + "way with --interpolation.")
    }
    try NIfTI.write(resampled.volume, to: output, like: other.header)
    return try report(resampled.volume, resampled.choice, on: console)
  }

  /// The volume with axes at right angles if that is asked for, and else a warning where they are not.
  private func straightened(_ volume: StoredVolume, on console: Console) -> StoredVolume {
    guard let skew = volume.geometry.direction.skew else { return volume }
    guard isOrthonormalized else {
      console.warn("the axes of \(scan) are not at right angles: \(skew). They are kept.")
      return volume
    }
    return volume.moved(to: volume.geometry.orthonormalized)
  }

  /// A frame that is missing or too high is the command line's fault and not the file's.
  private func chooseFrame(of reader: any ScanReader) throws -> Int {
    do {
      return try reader.choose(frame)
    } catch {
      throw UsageError(error.description + " The option is --frame.")
    }
  }

  private func report(
    _ volume: StoredVolume, _ interpolation: ResamplingChoice?, on console: Console
  ) throws -> ExitCode {
    guard printing.isJSON else {
      console.note("\(output): \(volume.geometry), \(volume.type)")
      return .done
    }
    let size = volume.geometry.size
    try console.json(
      Result(
        output: output, size: [size.x, size.y, size.z], type: volume.type.rawValue,
        interpolation: interpolation?.rawValue))
    return .done
  }

  /// What was written.
  private struct Result: Encodable {
    let output: String
    let size: [Int]
    let type: String

    /// How the scan was resampled; absent on its own grid.
    let interpolation: String?
  }
}
