import Foundation
import Imaging
import Testing

@testable import chiasm

/// Masks that cannot be compared: what is said of each, in full.
struct EvaluateInputTests {
  /// Writes a NIfTI-1 file of voxels of 1 mm, byte by byte, as no writer of ours would.
  private func write(
    _ bytes: [UInt8], type: Int16, bits: Int16, size: [Int16], to path: String
  ) throws {
    var header = [UInt8](repeating: 0, count: 352)
    func put(_ value: some FixedWidthInteger, at offset: Int) {
      withUnsafeBytes(of: value.littleEndian) {
        header.replaceSubrange(offset..<offset + $0.count, with: $0)
      }
    }
    put(Int32(348), at: 0)
    for (index, length) in ([Int16(size.count)] + size).enumerated() {
      put(length, at: 40 + 2 * index)
    }
    put(type, at: 70)
    put(bits, at: 72)
    for index in 0..<8 { put(Float(1).bitPattern, at: 76 + 4 * index) }
    put(Float(352).bitPattern, at: 108)
    header[123] = 2  // millimetres
    put(Int16(1), at: 252)  // the quaternion's orientation
    header.replaceSubrange(344..<348, with: Array("n+1\0".utf8))
    try FileManager.default.createDirectory(
      at: URL(fileURLWithPath: path).deletingLastPathComponent(),
      withIntermediateDirectories: true)
    try Data(header + bytes).write(to: URL(fileURLWithPath: path))
  }

  private func write(_ values: [Float], size: [Int16], to path: String) throws {
    try write(
      values.flatMap { withUnsafeBytes(of: $0.bitPattern.littleEndian, Array.init) }, type: 16,
      bits: 32, size: size, to: path)
  }

  /// Compares `a.nii` in two folders, after `body` has written them, and returns what is said.
  private func warning(_ body: (String) throws -> Void) throws -> String {
    try withFolder { folder in
      try write([0, 1], size: [2, 1, 1], to: folder + "/truth/a.nii")
      try body(folder)
      let (status, _, errors) = Recorder.run([
        "evaluate", "--predictions", folder + "/masks", "--references", folder + "/truth",
      ])
      #expect(status == .badData)
      return errors.replacing(folder + "/", with: "")
    }
  }

  @Test func almostWholeNumbersAreWhole() throws {
    try withFolder { folder in
      try write([0, 0.99999997], size: [2, 1, 1], to: folder + "/masks/a.nii")
      try write([0.0009, 1], size: [2, 1, 1], to: folder + "/truth/a.nii")
      let (status, output, errors) = Recorder.run([
        "evaluate", "--predictions", folder + "/masks", "--references", folder + "/truth",
      ])
      #expect(status == .done, "\(errors)")
      #expect(output.contains("a       1.000  1.000\n"))
    }
  }

  @Test func otherNumbersAreRefused() throws {
    let said = try warning { try write([0.5, 1], size: [2, 1, 1], to: $0 + "/masks/a.nii") }
    #expect(
      said == """
        warning: a: masks/a.nii is not a label map: 1 voxel has another value, the first of them \
        0.5. Labels are whole numbers from 0 to 65535.

        """)
  }

  @Test func notANumberIsRefused() throws {
    let said = try warning {
      try write([.nan, .infinity], size: [2, 1, 1], to: $0 + "/masks/a.nii")
    }
    #expect(
      said == """
        warning: a: masks/a.nii is not a label map: 2 voxels have another value, the first of \
        them nan. Labels are whole numbers from 0 to 65535.

        """)
  }

  @Test func seriesAreRefused() throws {
    let said = try warning {
      try write([0, 1, 0, 1], size: [2, 1, 1, 2], to: $0 + "/masks/a.nii")
    }
    #expect(
      said == """
        warning: a: masks/a.nii holds 2 volumes, and one is needed. Choose a frame from 0 to 1.

        """)
  }

  @Test func coloursAreRefused() throws {
    let said = try warning {
      try write([1, 2, 3, 4, 5, 6], type: 128, bits: 24, size: [2, 1, 1], to: $0 + "/masks/a.nii")
    }
    #expect(
      said == """
        warning: a: masks/a.nii holds voxels of type RGB24, which is not supported. Convert them \
        to real numbers, int16 or float32 for instance.

        """)
  }

  @Test func otherSizesAreRefusedWithBoth() throws {
    let said = try warning { try write([0, 1, 0], size: [3, 1, 1], to: $0 + "/masks/a.nii") }
    #expect(
      said == """
        warning: a: masks/a.nii: the prediction is on a different grid from truth/a.nii.
          prediction: 3 × 1 × 1 voxels of 1.00 × 1.00 × 1.00 mm
          reference:  2 × 1 × 1 voxels of 1.00 × 1.00 × 1.00 mm
          The sizes differ by 1, 0 and 0 voxels, and the first voxels lie 0.0 mm apart.
        Resample the prediction on to the reference's grid with nearest-neighbour interpolation.

        """)
  }

  @Test func labelsThatTheDatasetDoesNotListAreRefused() throws {
    try withFolder { folder in
      try write([0, 1], size: [2, 1, 1], to: folder + "/data/a_ct.nii")
      try write([0, 1], size: [2, 1, 1], to: folder + "/data/a_mask.nii")
      try write([3, 4], size: [2, 1, 1], to: folder + "/masks/a.nii")
      try Data(
        """
        {"modalities": {"ct": {"kind": "ct", "file": "{case}_ct.nii"}},
         "labelFile": "{case}_mask.nii", "labels": {"background": 0, "tumour": 1, "rim": 3},
         "regions": {"whole": ["tumour", "rim"]}}
        """.utf8
      ).write(to: URL(fileURLWithPath: folder + "/data/dataset.json"))
      let words = ["evaluate", "--references", folder + "/data", "--predictions"]
      let (status, _, errors) = Recorder.run(words + [folder + "/masks"])
      #expect(status == .badData)
      #expect(
        errors.replacing(folder + "/", with: "") == """
          warning: a: masks/a.nii has the label value 4, which the dataset does not list; it lists \
          0, 1, 3. Add them to the dataset's labels, or correct the file.

          """)
      try write([0, 3], size: [2, 1, 1], to: folder + "/masks/a.nii")
      let (_, output, _) = Recorder.run(words + [folder + "/masks", "--surfaces", "none"])
      #expect(output.hasPrefix("Dice  tumour    rim  whole   mean\n"))
      #expect(output.contains("\na      0.000  0.000  1.000  0.000\n"))
    }
  }
}
