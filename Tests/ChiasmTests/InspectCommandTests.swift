import Foundation
import Imaging
import Testing

@testable import chiasm

struct InspectCommandTests {
  /// A case of which every scan leans.
  private func inspection(of folder: String, saying flag: String) throws -> String {
    let leaning = Geometry(
      size: [8, 8, 8], affine: [[1, 0, 0.3, 0], [0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1]])
    try FileManager.default.createDirectory(
      atPath: folder + "/p", withIntermediateDirectories: true)
    try NIfTI.write(Volume<Float>(geometry: leaning, filledWith: 1), to: folder + "/p/ct.nii")
    let description = """
      { modalities: {ct: {kind: "ct", file: "{case}/ct.nii"}}, orthonormalize: \(flag) }
      """
    try Data(description.utf8).write(to: URL(fileURLWithPath: folder + "/dataset.json"))
    return Recorder.run(["inspect", folder]).output
  }

  @Test func skewedScansOfADatasetAreListedUnlessTheyAreStraightened() throws {
    try withFolder { folder in
      let kept = try inspection(of: folder, saying: "false")
      #expect(
        kept.contains(
          "1 skewed scan\n  p\n    The axes of its ct scan are not at right angles: x and y meet at "
            + "90.000°, x and z meet at 73.301°, y and z meet at 90.000°; their lengths are 1.00000, "
            + "1.00000, 1.00000; the slices are sheared by 16.699°, as under a tilted gantry. They are "
            + "kept; \"orthonormalize\": true in the dataset's description takes the nearest that are."
        ))
      #expect(!(try inspection(of: folder, saying: "true")).contains("skewed"))
    }
  }
}
