import Foundation
import Imaging
import Testing

@testable import chiasm

struct ConvertCommandTests {
  private let grid = Geometry(size: [2, 2, 2], spacing: [1, 2, 3], origin: [-3, 4, 5])

  @Test func numbersTypeScalingAndCodesAreKept() throws {
    try withFolder { folder in
      let stored = StoredVolume(
        geometry: grid, numbers: (0..<8).map(Int16.init), slope: 0.5, intercept: -10)
      try NIfTI.write(stored, to: folder + "/a.nii")
      let (status, output, errors) = Recorder.run(
        ["convert", folder + "/a.nii", folder + "/b.nii.gz"])
      #expect(status == .done && errors == "")
      #expect(output == "\(folder)/b.nii.gz: 2 × 2 × 2 voxels of 1.00 × 2.00 × 3.00 mm, int16\n")
      let scan = try NIfTI.read(at: folder + "/b.nii.gz")
      #expect(scan.volume == stored.volume)
      #expect(scan.header?.type == .int16 && scan.header?.slope == 0.5)
    }
  }

  /// The free texts of a header may name the patient.
  @Test func descriptionsAreNotCarriedOver() throws {
    try withFolder { folder in
      try NIfTI.write(LabelMap(geometry: grid, filledWith: 1), to: folder + "/a.nii")
      var bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: folder + "/a.nii")))
      let name = Array("Doe^Jane".utf8)
      for place in [4, 14, 148, 228, 328] { bytes.replaceSubrange(place..<place + 8, with: name) }
      try Data(bytes).write(to: URL(fileURLWithPath: folder + "/a.nii"))
      #expect(Recorder.run(["convert", folder + "/a.nii", folder + "/b.nii"]).status == .done)
      let written = try Data(contentsOf: URL(fileURLWithPath: folder + "/b.nii"))
      #expect(written.range(of: Data(name)) == nil)
    }
  }

  @Test func aFrameIsChosenOrAskedFor() throws {
    try withFolder { folder in
      let header =
        "NDims = 4\nDimSize = 2 1 1 2\nBinaryData = True\nElementType = MET_UCHAR\n"
        + "ElementDataFile = LOCAL\n"
      let path = folder + "/a.mha"
      try Data(Array(header.utf8) + [1, 2, 3, 4]).write(to: URL(fileURLWithPath: path))
      let output = folder + "/b.nii"
      #expect(Recorder.run(["convert", path, output, "--frame", "1"]).status == .done)
      #expect(try NIfTI.read(at: output).volume.voxels == [3, 4])
      let (status, _, errors) = Recorder.run(["convert", path, output])
      #expect(status == .wrongUsage)
      #expect(
        errors == "error: \(path) holds 2 volumes, and one is needed. Choose a frame from 0 to 1. "
          + "The option is --frame.\n")
      #expect(Recorder.run(["convert", path, output, "--frame", "2"]).status == .wrongUsage)
      #expect(Recorder.run(["convert", path, output, "--frame", "x"]).status == .wrongUsage)
    }
  }

  @Test func theGridOfAnotherIsTaken() throws {
    try withFolder { folder in
      let fine = Geometry(size: [4, 4, 4], spacing: [0.5, 1, 1.5], origin: [-3.25, 3.5, 4.25])
      try NIfTI.write(LabelMap(geometry: grid, filledWith: 7), to: folder + "/a.nii")
      try NIfTI.write(LabelMap(geometry: fine, filledWith: 0), to: folder + "/b.nii")
      let words = ["convert", folder + "/a.nii", folder + "/c.nii", "--like", folder + "/b.nii"]
      #expect(Recorder.run(words + ["--interpolation", "linear"]).status == .done)
      let linear = try NIfTI.read(at: folder + "/c.nii")
      #expect(linear.header?.type == .float32)
      #expect(
        linear.volume.geometry == fine && linear.volume.voxels == Array(repeating: 7, count: 64))
      #expect(
        Recorder.run(words + ["--interpolation", "nearest", "--json"]).output.contains("uint8"))
      #expect(try NIfTI.readHeader(at: folder + "/c.nii").type == .uint8)
    }
  }

  /// A row 1 1 1 3 3 3, on a grid that is finer by a fifth: an average would make up twos.
  @Test func labelsVoteUnlessAnotherWayIsChosen() throws {
    try withFolder { folder in
      let row = Geometry(size: [6, 1, 1], spacing: .one)
      let fine = Geometry(size: [10, 1, 1], spacing: [0.6, 1, 1], origin: [0.25, 0, 0])
      let labels = StoredVolume(geometry: row, numbers: [1, 1, 1, 3, 3, 3] as [Float])
      try NIfTI.write(labels, to: folder + "/a.nii")
      try NIfTI.write(LabelMap(geometry: fine, filledWith: 0), to: folder + "/b.nii")
      let words = ["convert", folder + "/a.nii", folder + "/c.nii", "--like", folder + "/b.nii"]
      let (status, _, errors) = Recorder.run(words)
      #expect(status == .done)
      #expect(
        errors
          == "warning: \(folder)/a.nii looks like a label map, and its labels are resampled by "
          + "their vote. Choose another way with --interpolation.\n")
      let voted = try NIfTI.read(at: folder + "/c.nii")
      #expect(voted.header?.type == .uint8)
      #expect(voted.volume.voxels == [1, 1, 1, 1, 3, 3, 3, 3, 3, 0])
      let asked = Recorder.run(words + ["--interpolation", "labels", "--outside", "9", "--json"])
      #expect(asked.errors == "" && asked.output.contains("\"interpolation\" : \"labels\""))
      #expect(try NIfTI.read(at: folder + "/c.nii").volume.voxels.last == 9)
      #expect(Recorder.run(words + ["--interpolation", "linear"]).errors == "")
      #expect(try NIfTI.read(at: folder + "/c.nii").volume.voxels[4] != 3)
      // What is -1 outside is no label map.
      #expect(Recorder.run(words + ["--outside", "-1"]).errors == "")
      #expect(try NIfTI.readHeader(at: folder + "/c.nii").type == .float32)
    }
  }

  @Test func whatHasNoLabelsCannotVote() throws {
    try withFolder { folder in
      let halves = Volume<Float>(geometry: grid, filledWith: 0.5)
      try NIfTI.write(halves, to: folder + "/a.nii")
      let words = [
        "convert", folder + "/a.nii", folder + "/c.nii", "--like", folder + "/a.nii",
        "--interpolation", "labels",
      ]
      let (status, _, errors) = Recorder.run(words)
      #expect(status == .badData)
      #expect(
        errors
          == "error: \(folder)/a.nii is not a label map: 8 voxels have another value, the first "
          + "of them 0.5. Labels are whole numbers from 0 to 65535.\n")
      let outside = Recorder.run(words + ["--outside", "-1024"])
      #expect(outside.status == .wrongUsage)
      #expect(
        outside.errors.hasPrefix(
          "error: --outside is a label with --interpolation labels: a whole number from 0 to 65535."
        ))
    }
  }

  @Test func skewedAxesAreReportedAndStraightenedOnDemand() throws {
    try withFolder { folder in
      let skewed = Geometry(
        size: [2, 2, 2], affine: [[1, 0, 0.3, 0], [0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1]])
      try NIfTI.write(LabelMap(geometry: skewed, filledWith: 1), to: folder + "/a.nii")
      let words = ["convert", folder + "/a.nii", folder + "/b.nii"]
      let (status, _, errors) = Recorder.run(words)
      #expect(status == .done)
      #expect(
        errors == "warning: the axes of \(folder)/a.nii are not at right angles: x and y meet at "
          + "90.000°, x and z meet at 73.301°, y and z meet at 90.000°; their lengths are 1.00000, "
          + "1.00000, 1.00000; the slices are sheared by 16.699°, as under a tilted gantry. They are "
          + "kept.\n")
      #expect(try NIfTI.readHeader(at: folder + "/b.nii").geometry.agrees(with: skewed))
      #expect(Recorder.run(words + ["--orthonormalize"]).errors == "")
      let straight = try NIfTI.readHeader(at: folder + "/b.nii").geometry
      #expect(straight.direction.skew == nil)
      #expect(Recorder.run(["inspect", folder + "/a.nii", "--json"]).output.contains("\"skew\""))
      #expect(!Recorder.run(["inspect", folder + "/b.nii", "--json"]).output.contains("\"skew\""))
    }
  }

  @Test func statusesSayWhoseFaultItIs() throws {
    try withFolder { folder in
      try NIfTI.write(LabelMap(geometry: grid, filledWith: 1), to: folder + "/a.nii")
      let far = Geometry(size: [2, 2, 2], spacing: .one, origin: [500, 0, 0])
      try NIfTI.write(LabelMap(geometry: far, filledWith: 1), to: folder + "/far.nii")
      let run = { (words: [String]) in Recorder.run(["convert"] + words).status }
      #expect(run([folder + "/a.nii"]) == .wrongUsage)
      #expect(run([folder + "/a.nii", folder + "/b.mha"]) == .wrongUsage)
      #expect(run([folder + "/a.nii", folder + "/b.nii", "--outside", "1"]) == .wrongUsage)
      #expect(run([folder + "/none.nii", folder + "/b.nii"]) == .badData)
      #expect(
        run([folder + "/a.nii", folder + "/b.nii", "--like", folder + "/far.nii"]) == .badData)
      #expect(run([folder + "/a.nii", folder + "/none/b.nii"]) == .failed)
      #expect(!FileManager.default.fileExists(atPath: folder + "/b.nii"))
    }
  }
}
