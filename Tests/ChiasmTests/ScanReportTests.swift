import Imaging
import Testing

@testable import chiasm

struct ScanReportTests {
  @Test func describesAScanInNumbers() throws {
    try withFolder { folder in
      let geometry = Geometry(
        size: SIMD3(2, 2, 1), spacing: SIMD3(0.5, 1, 2), origin: SIMD3(-3, 4, 5))
      try NIfTI.write(
        Volume<Float>(geometry: geometry, voxels: [-1, 2, .nan, 5]), to: folder + "/scan.nii.gz")
      let (status, output, _) = Recorder.run(["inspect", folder + "/scan.nii.gz"])
      #expect(status == .badData)
      #expect(
        output == """
          \(folder)/scan.nii.gz
            size        2 × 2 × 1 voxels
            spacing     0.5 × 1 × 2 mm
            affine          0.5000      0.0000      0.0000     -3.0000
                            0.0000      1.0000      0.0000      4.0000
                            0.0000      0.0000      2.0000      5.0000
                            0.0000      0.0000      0.0000      1.0000
                        (voxel index to RAS+ mm)
            type        float32
            frames      1
            minimum     -1
            maximum     5
            mean        2
            non-finite  1 voxels

          """)
    }
  }
}
