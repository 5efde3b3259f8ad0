import Foundation
import Imaging
import Registration

/// `chiasm register`: aligns a scan with one of another modality, or applies a transform again.
struct RegisterCommand: Command {
  static let help = Help(
    name: "register",
    abstract: "Align a scan with one of another modality, and write it on that one's grid.",
    usage: [
      "MOVING --to FIXED --output ALIGNED.nii.gz [--save-transform T.json]",
      "MOVING --to FIXED --output ALIGNED.nii.gz --apply T.json [--inverse]",
    ],
    options: [
      .init("to", "FIXED", "The scan that stays where it is; the result is on its grid."),
      .init("output", "ALIGNED.nii.gz", "The moving scan on the fixed scan's grid."),
      .init(
        "transform", "NAME",
        "The movements allowed: rigid (rotations and translations), similarity (with one scale) or "
          + "affine (any affine map).", standard: "rigid"),
      .init(
        "metric", "NAME",
        "nmi (normalised mutual information), or mind (the MIND-SSC descriptors' difference).",
        standard: "nmi"),
      .init(
        "initial", "NAME",
        "Begin as the scans lie by their headers (header), with the middles of their boxes on one "
          + "another (centre), or with their centres of mass (mass).", standard: "centre"),
      .init("search", "Try translations and rotations around the beginning first."),
      .init(
        "overlap", "PART", "How much of the smaller box must lie in the other, 0.05 to 1.",
        standard: "0.5"),
      .init(
        "max-rotation", "DEGREES", "The greatest angle between the two scans' axes, 0 to 180.",
        standard: "30"),
      .init(
        "max-shift", "MM",
        "How far from the beginning the middle of FIXED may be carried.", standard: "no limit"),
      .init(
        "save-transform", "T.json",
        "Write the transform, as JSON or, to T.tfm, as ITK's text for SimpleITK and 3D Slicer; may be "
          + "repeated."),
      .init(
        "apply", "T.json", "Do not align: apply this transform to MOVING, a label map perhaps."),
      .init("inverse", "With --apply: the transform was made with the two scans exchanged."),
      .init(
        "interpolation", "NAME",
        "How to resample: nearest, linear, cubic, or labels, each of which votes with its trilinear "
          + "weight.",
        standard: "linear; with --apply, labels for what looks like a label map"),
      .init("outside", "VALUE", "The value where MOVING does not reach.", standard: "0"),
      .init("picture", "P.png", "Draw both scans as a checkerboard, before and after."),
      .init("labels", "MASK", "MOVING's label map: print its Dice with --fixed-labels."),
      .init("fixed-labels", "MASK", "FIXED's label map."),
      .init("labels-frame", "N", "Which volume of label maps with several, from 0."),
      .init("frame", "N", "Which volume of MOVING, if it has several, from 0."),
      .init("fixed-frame", "N", "Which volume of FIXED, if it has several, from 0."),
      .init("threads", "N", "Threads to compute with.", standard: "one per core"),
      .init("seed", "N", "The seed of the points that are compared.", standard: "1"),
      .init("quiet", "Print nothing but warnings and errors."),
      .init("json", "Print the result as JSON."),
    ],
    example: "chiasm register us.nii.gz --to mr.nii.gz --output us-on-mr.nii.gz "
      + "--metric mind --picture check.png",
    discussion: "The transform leads from the fixed scan's millimetres to the moving scan's, as "
      + "ITK's do. A better metric is no proof of a better alignment: look at the picture, or give "
      + "label maps of one structure.")

  private let moving: String
  private let fixed: String
  private let output: String
  private let frames: (moving: Int?, fixed: Int?)
  private let options: RegistrationOptions
  private let saved: [String]
  private let applied: String?
  private let isInverse: Bool
  private let interpolation: ResamplingChoice?
  private let outside: Float
  private let picture: String?
  private let labels: AlignmentLabels?
  private let printing: PrintingOptions

  init(_ arguments: inout Arguments) throws(UsageError) {
    printing = try PrintingOptions(&arguments)
    options = try Self.options(&arguments)
    saved = try arguments.options("save-transform")
    applied = try arguments.option("apply")
    isInverse = try arguments.flag("inverse")
    interpolation = try arguments.choice("interpolation", of: ResamplingChoice.self)
    let beyond = try arguments.number("outside", from: -1e9, to: 1e9) ?? 0
    try interpolation?.check(outside: beyond)
    outside = Float(beyond)
    picture = try arguments.option("picture")
    labels = try AlignmentLabels(&arguments, threads: options.threads)
    frames = (
      try arguments.integer("frame", in: 0...Int(Int32.max)),
      try arguments.integer("fixed-frame", in: 0...Int(Int32.max))
    )
    fixed = try arguments.required("to")
    output = try arguments.required("output")
    moving = try arguments.next("MOVING")
    try refuseWhatDoesNotGo()
  }

  private func refuseWhatDoesNotGo() throws(UsageError) {
    guard [".nii", ".nii.gz"].contains(where: output.lowercased().hasSuffix) else {
      throw UsageError("--output ends with .nii or .nii.gz, and '\(output)' does not.")
    }
    if let name = saved.first(where: { !$0.hasSuffix(".json") && !$0.hasSuffix(".tfm") }) {
      throw UsageError("--save-transform takes names ending with .json or .tfm, not '\(name)'.")
    }
    try FilePlace.refuse(
      output, of: "--output", replacing: [moving, fixed] + (labels?.paths ?? []))
    guard applied != nil || !isInverse else {
      throw UsageError("--inverse only goes with --apply.")
    }
    guard applied == nil || saved.isEmpty else {
      throw UsageError("--save-transform does not go with --apply.")
    }
  }

  private static func options(
    _ arguments: inout Arguments
  ) throws(UsageError) -> RegistrationOptions {
    var options = RegistrationOptions()
    options.model = try arguments.choice("transform", of: TransformModel.self) ?? options.model
    options.measure = try arguments.choice("metric", of: SimilarityMeasure.self) ?? options.measure
    options.initial = try arguments.choice("initial", of: InitialPlacement.self) ?? options.initial
    options.isSearching = try arguments.flag("search")
    options.leastOverlap =
      try arguments.number("overlap", from: 0.05, to: 1) ?? options.leastOverlap
    options.mostRotation =
      try arguments.number("max-rotation", from: 0, to: 180) ?? options.mostRotation
    options.mostShift =
      try arguments.number("max-shift", from: 0, to: 10_000) ?? options.mostShift
    options.seed = try arguments.seed() ?? options.seed
    options.threads = try arguments.integer("threads", in: 1...1024)
    return options
  }

  func run(_ console: Console) throws -> ExitCode {
    if let applied { return try apply(applied, console) }
    let target = try ScanFile.read(at: fixed, frame: frames.fixed)
    let reader = try ScanFile.open(moving)
    let stored = try reader.read(frame: try reader.choose(frames.moving))
    let scan = RegistrationScan(path: moving, volume: stored.volume)
    let alignment = try ImageRegistration(options).align(
      scan, to: RegistrationScan(path: fixed, volume: target.volume))
    let overlaps = try labels?.overlaps(alignment.transform)
    let moved = try resampled(
      stored, through: alignment.transform, onto: target.volume.geometry,
      by: interpolation ?? .linear)
    try NIfTI.write(moved, to: output, like: target.header, threads: options.threads)
    for path in saved { try save(alignment.transform, to: path) }
    try draw(scan.volume, on: target.volume, alignment.transform)
    try report(
      AlignmentReport(alignment, options: options, output: output, overlaps: overlaps), console)
    return .done
  }

  /// Applies a transform that an earlier call has saved.
  private func apply(_ path: String, _ console: Console) throws -> ExitCode {
    let read = try TransformFile.read(path)
    let transform = isInverse ? read.inverse : read
    let target = try ScanFile.open(fixed)
    let reader = try ScanFile.open(moving)
    try transform.check(
      moving: reader.geometry, at: moving, fixed: target.geometry, at: fixed, path: path)
    let stored = try reader.read(frame: try reader.choose(frames.moving))
    let moved = try resampled(
      stored, through: transform, onto: target.geometry, by: interpolation)
    try NIfTI.write(moved, to: output, like: target.header, threads: options.threads)
    if picture != nil {
      let volume = try ScanFile.read(at: fixed, frame: frames.fixed).volume
      try draw(stored.volume, on: volume, transform)
    }
    let overlaps = try labels?.overlaps(transform)
    try report(AlignmentReport(applied: path, output: output, overlaps: overlaps), console)
    return .done
  }

  private func resampled(
    _ volume: StoredVolume, through transform: SpatialTransform, onto grid: Geometry,
    by choice: ResamplingChoice?
  ) throws -> StoredVolume {
    try ResampledScan(
      volume.moved(to: transform.moved(volume.geometry)), at: moving, onto: grid, by: choice,
      outside: outside
    ).volume
  }

  private func save(_ transform: SpatialTransform, to path: String) throws {
    let data =
      path.hasSuffix(".tfm")
      ? Data(TransformFile.itk(transform).utf8) : try TransformFile.json(transform)
    try AtomicFile.write(data, to: path)
  }

  private func draw(
    _ moving: Volume<Float>, on fixed: Volume<Float>, _ transform: SpatialTransform
  ) throws {
    guard let picture else { return }
    let after = Volume(geometry: transform.moved(moving.geometry), voxels: moving.voxels)
    let image = Checkerboard.picture(
      of: fixed, with: [(title: "before", volume: moving), (title: "after", volume: after)])
    try PNG.write(image, to: picture)
  }

  private func report(_ report: AlignmentReport, _ console: Console) throws {
    if printing.isJSON { return try console.json(report) }
    console.note(report.text)
  }
}
