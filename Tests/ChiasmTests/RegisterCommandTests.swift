import Foundation
import Imaging
import Randomness
import Testing

@testable import chiasm

struct RegisterCommandTests {
  /// A CT of a phantom, and its MRI, of which the header is 6 mm to the left and 4 mm too high.
  private func write(to folder: String) throws {
    var generator = SplitMix64(seed: 1, stream: 0)
    let patient = Phantom.makeCase(size: 32, using: &generator)
    for (name, scan) in patient.scans where name != "ultrasound" {
      let shift: SIMD3<Double> = name == "mri" ? [-6, 0, 4] : .zero
      try NIfTI.write(shifted(scan, by: shift), to: "\(folder)/\(name).nii")
    }
    try NIfTI.write(patient.labels, to: "\(folder)/ct-labels.nii")
    try NIfTI.write(shifted(patient.labels, by: [-6, 0, 4]), to: "\(folder)/mri-labels.nii")
  }

  private func shifted<Scalar>(
    _ volume: Volume<Scalar>, by shift: SIMD3<Double>
  ) -> Volume<Scalar> {
    let grid = volume.geometry
    return Volume(
      geometry: Geometry(
        size: grid.size, spacing: grid.spacing, origin: grid.origin + shift,
        direction: grid.direction), voxels: volume.voxels)
  }

  /// The result, the transform, the picture and the figures of one alignment; then the transform
  /// alone, for the labels and the other way round.
  @Test func aScanIsAlignedAndTheTransformAppliedAgain() throws {
    try withFolder { folder in
      try write(to: folder)
      let words = [
        "register", "\(folder)/mri.nii", "--to", "\(folder)/ct.nii", "--output",
        "\(folder)/aligned.nii.gz", "--save-transform", "\(folder)/t.json", "--save-transform",
        "\(folder)/t.tfm", "--picture", "\(folder)/p.png", "--labels", "\(folder)/mri-labels.nii",
        "--fixed-labels", "\(folder)/ct-labels.nii", "--json",
        "--metric", "mind",
      ]
      let (status, output, errors) = Recorder.run(words)
      #expect(status == .done && errors == "")
      let report = try #require(
        try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any])
      let labels = try #require(report["labels"] as? [[String: Any]])
      let organ = try #require(labels.first)
      #expect(try #require(organ["diceBefore"] as? Double) < 0.85)
      #expect(try #require(organ["diceAfter"] as? Double) > 0.88)
      let grid = try NIfTI.readHeader(at: folder + "/ct.nii").geometry
      #expect(try NIfTI.readHeader(at: folder + "/aligned.nii.gz").geometry == grid)
      #expect(try String(contentsOfFile: folder + "/t.tfm", encoding: .utf8).hasPrefix("#Insight"))
      #expect(try PNG.read(at: folder + "/p.png").width > 500)
      try applyAgain(in: folder, grid)
    }
  }

  private func applyAgain(in folder: String, _ grid: Geometry) throws {
    let words = [
      "register", "\(folder)/mri-labels.nii", "--to", "\(folder)/ct.nii", "--output",
      "\(folder)/labels.nii", "--apply", "\(folder)/t.json",
    ]
    let (status, output, errors) = Recorder.run(words)
    #expect(status == .done && errors == "")
    #expect(output == "\(folder)/labels.nii\n  applied       \(folder)/t.json\n")
    let moved = try NIfTI.readLabels(at: folder + "/labels.nii")
    let truth = try NIfTI.readLabels(at: folder + "/ct-labels.nii")
    let equal = zip(moved.voxels, truth.voxels).count { $0 == $1 }
    #expect(moved.geometry == grid && Double(equal) > 0.95 * Double(truth.voxels.count))
    let back = Recorder.run([
      "register", "\(folder)/ct.nii", "--to", "\(folder)/mri.nii", "--output",
      "\(folder)/back.nii", "--apply", "\(folder)/t.json", "--inverse",
    ])
    #expect(back.status == .done)
    #expect(
      try NIfTI.readHeader(at: folder + "/back.nii").geometry
        == NIfTI.readHeader(at: folder + "/mri.nii").geometry)
  }

  @Test(arguments: [
    (
      ["--to", "b", "--output", "c.mha"],
      "--output ends with .nii or .nii.gz, and 'c.mha' does not."
    ),
    (
      ["--to", "b", "--output", "c.nii", "--save-transform", "t.mat"],
      "--save-transform takes names ending with .json or .tfm, not 't.mat'."
    ),
    (["--to", "b", "--output", "c.nii", "--inverse"], "--inverse only goes with --apply."),
    (
      ["--to", "b", "--output", "c.nii", "--labels", "l"],
      "--labels and --fixed-labels go together."
    ),
    (
      ["--to", "b", "--output", "c.nii", "--metric", "cc"],
      "--metric takes one of nmi, mind, not 'cc'."
    ),
    (["--output", "c.nii"], "--to is missing."),
    (
      ["--to", "b", "--output", "c.nii", "--interpolation", "labels", "--outside", "-5"],
      "--outside is a label with --interpolation labels: a whole number from 0 to 65535."
    ),
    (
      ["--to", "b.nii", "--output", "./b.nii"],
      "--output ./b.nii: the result would replace b.nii, which it is made of. Choose another name."
    ),
  ])
  func aCommandLineThatMeansNothingIsRefused(words: [String], message: String) {
    let (status, _, errors) = Recorder.run(["register", "a"] + words)
    #expect(status == .wrongUsage)
    #expect(errors == "error: \(message) See 'chiasm register --help'.\n")
  }

  @Test func scansThatCannotBeAlignedAreBadData() throws {
    try withFolder { folder in
      let grid = Geometry(size: [8, 8, 8], spacing: .one)
      try NIfTI.write(Volume<Float>(geometry: grid, filledWith: 1), to: folder + "/a.nii")
      let (status, _, errors) = Recorder.run([
        "register", folder + "/a.nii", "--to", folder + "/a.nii", "--output", folder + "/b.nii",
      ])
      #expect(status == .badData)
      #expect(
        errors
          == "error: \(folder)/a.nii has one intensity in all its voxels, so it lies as well in "
          + "one place as in another. Check the file.\n")
      #expect(!FileManager.default.fileExists(atPath: folder + "/b.nii"))
    }
  }
}
