import CKernels
import Foundation
import Testing

/// The patch that Tests/Reference/augmentation_reference.py makes up, and what is made of it there:
/// batchgeneratorsv2 0.3.6 (nnU-Net's transforms), PyTorch 2.15, SciPy 1.17.1.
enum ReferencePatch {
  static let size = ckernels_size(x: 11, y: 9, z: 7)
  static let count = 11 * 9 * 7

  static var image: [Float] {
    (0..<count).map { Float(sin(Double($0) * 0.37) * 2 + cos(Double($0) * 0.011)) }
  }

  static var labels: [UInt8] { (0..<count).map { UInt8($0 / 5 % 3) } }

  static func reference(_ name: String) throws -> [Double] {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("Reference/augmentation_reference.json")
    let values = try JSONDecoder().decode([String: [Double]].self, from: Data(contentsOf: file))
    return try #require(values[name])
  }

  /// What `change` makes of the patch with AVX2, and without.
  static func changed(
    _ change: (UnsafeMutablePointer<Float>, UnsafeMutablePointer<Float>) -> Int32
  ) -> [[Double]] {
    defer { ckernels_allow_avx2(1) }
    return ([1, 0] as [Int32]).map { allowed in
      ckernels_allow_avx2(allowed)
      var patch = image
      var scratch = image
      let status: Int32 = patch.withUnsafeMutableBufferPointer { patch in
        scratch.withUnsafeMutableBufferPointer { scratch -> Int32 in
          guard let patch = patch.baseAddress, let scratch = scratch.baseAddress else { return 1 }
          return change(patch, scratch)
        }
      }
      return status == 0 ? patch.map { Double($0) } : []
    }
  }
}
