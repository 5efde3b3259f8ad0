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
        "interpolation", Interpolation.allCases.map(\.rawValue).joined(separator: "|"),
        "How to resample; nearest for labels.", standard: "linear"),
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
      + "are not carried over. Resampled scans are float32, except those of whole numbers that are "
      + "resampled to the nearest.")

  private let scan: String
  private let output: String
  private let frame: Int?
  private let like: String?
  private let interpolation: Interpolation?
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
    interpolation = try arguments.choice("interpolation", of: Interpolation.self)
    outside = try arguments.numbers("outside", from: -1e9, to: 1e9)?.first
    scan = try arguments.next("SCAN")
    output = try arguments.next("OUT.nii.gz")
    guard [".nii", ".nii.gz"].contains(where: output.lowercased().hasSuffix) else {
      throw UsageError("OUT ends with .nii or .nii.gz, and '\(output)' does not.")
    }
    guard like != nil || interpolation == nil && outside == nil else {
      throw UsageError("--interpolation and --outside only go with --like.")
    }
  }

  func run(_ console: Console) throws -> ExitCode {
    let reader = try ScanFile.open(scan, dicom: dicom.options)
    for note in reader.notes { console.warn("\(scan): \(note).") }
    let volume = straightened(try reader.read(frame: try chooseFrame(of: reader)), on: console)
    guard let like else {
      try NIfTI.write(volume, to: output, like: reader.header)
      return try report(volume.geometry, volume.type, on: console)
    }
    let other = try ScanFile.open(like)
    let resampled = try Resampled(
      volume, at: scan, onto: other.geometry, interpolation: interpolation ?? .linear,
      outside: Float(outside ?? 0))
    try NIfTI.write(resampled.volume, to: output, like: other.header)
    return try report(other.geometry, resampled.volume.type, on: console)
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
    _ geometry: Geometry, _ type: VoxelType, on console: Console
  ) throws -> ExitCode {
    guard printing.isJSON else {
      console.note("\(output): \(geometry), \(type)")
      return .done
    }
    let size = [geometry.size.x, geometry.size.y, geometry.size.z]
    try console.json(Result(output: output, size: size, type: type.rawValue))
    return .done
  }

  /// What was written.
  private struct Result: Encodable {
    let output: String
    let size: [Int]
    let type: String
  }
}

/// A scan on another grid.
private struct Resampled {
  let volume: StoredVolume

  /// - Throws: ``ImagingError/noOverlap(path:scan:reference:)``.
  init(
    _ scan: StoredVolume, at path: String, onto grid: Geometry, interpolation: Interpolation,
    outside: Float
  ) throws(ImagingError) {
    guard scan.geometry.overlaps(grid) else {
      throw .noOverlap(path: path, scan: scan.geometry, reference: grid)
    }
    let values = scan.volume.resampled(onto: grid, interpolation: interpolation, outside: outside)
    let whole = interpolation == .nearest ? StoredVolume(values, as: scan.type) : nil
    volume = whole ?? StoredVolume(geometry: grid, numbers: values.voxels)
  }
}
