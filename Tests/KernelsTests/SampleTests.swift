import CKernels
import Foundation
import TestSupport
import Testing

struct SampleTests {
  private let patch = ckernels_size(x: 10, y: 8, z: 6)

  /// A placement about the middle of patch and volume from a matrix of rows and columns z, y, x.
  private func placement(_ matrix: [Double]) -> ckernels_placement {
    let middle = [5.0, 4, 3]
    let half = [4.5, 3.5, 2.5]
    // Column `patchAxis` of the matrix in the order x, y, z.
    let column = { (patchAxis: Int) in
      (0..<3).map { matrix[(2 - $0) * 3 + 2 - patchAxis] }
    }
    let axes = (0..<3).map(column)
    let start = (0..<3).map { row in
      middle[row] - (0..<3).map { axes[$0][row] * half[$0] }.reduce(0, +)
    }
    let triple = { (list: [Double]) in (list[0], list[1], list[2]) }
    return ckernels_placement(
      start: triple(start), x: triple(axes[0]), y: triple(axes[1]), z: triple(axes[2]))
  }

  private func sample(
    _ image: [Float], _ classes: [UInt8], of volume: ckernels_size, to patch: ckernels_size,
    _ placement: ckernels_placement
  ) -> (image: [Float], labels: [UInt8]) {
    let count = Int(patch.x * patch.y * patch.z)
    var target = [Float](repeating: -1, count: count)
    var labels = [UInt8](repeating: 77, count: count)
    var placement = placement
    let status = target.withUnsafeMutableBufferPointer { target in
      image.withUnsafeBufferPointer { image in
        ckernels_sample(
          [target.baseAddress], &labels, patch, [image.baseAddress], classes, 1, volume, &placement)
      }
    }
    #expect(status == 0)
    return (target, labels)
  }

  @Test func agreesWithNNUNetAndSciPy() throws {
    let placement = placement(try ReferencePatch.reference("matrix"))
    let found = sample(
      ReferencePatch.image, ReferencePatch.labels, of: ReferencePatch.size, to: patch, placement)
    let image = found.image.map { Double($0) }
    expectClose(image, try ReferencePatch.reference("turned"), within: 5e-6)
    expectClose(image, try ReferencePatch.reference("turned by SciPy"), within: 5e-6)
    let labels = found.labels.map { Double($0) }
    let expected = try ReferencePatch.reference("turned labels")
    #expect(labels == expected)
  }

  /// The definition in double precision, one voxel after the other.
  private func plain(
    _ image: [Float], of volume: ckernels_size, at position: [Double]
  ) -> Double {
    var sum = 0.0
    for corner in 0..<8 {
      var place = 0
      var weight = 1.0
      var isInside = true
      for (axis, length) in [volume.x, volume.y, volume.z].enumerated().reversed() {
        let below = position[axis].rounded(.down)
        let upper = corner >> axis & 1
        let index = Int(below) + upper
        weight *= upper == 1 ? position[axis] - below : 1 - position[axis] + below
        isInside = isInside && index >= 0 && index < Int(length)
        place = place * Int(length) + index
      }
      if isInside { sum += weight * Double(image[place]) }
    }
    return sum
  }

  /// Rows longer than the 64 voxels that are worked on at a time, and positions far outside.
  @Test(arguments: [0.37, 1.0, 1.31])
  func agreesWithPlainInterpolation(zoom: Double) throws {
    let volume = ckernels_size(x: 90, y: 17, z: 13)
    let patch = ckernels_size(x: 133, y: 9, z: 5)
    let image = wave(90 * 17 * 13, step: 0.7).map { Float($0) }
    let at = ckernels_placement(
      start: (-20.4, 3.2, 2.9), x: (0.9 * zoom, 0.09 * zoom, 0.05), y: (-0.2, zoom, 0.1),
      z: (0.1, -0.3, 1.7 * zoom))
    for allowed in [1, 0] as [Int32] {
      ckernels_allow_avx2(allowed)
      defer { ckernels_allow_avx2(1) }
      let found = sample(
        image, [UInt8](repeating: 0, count: image.count), of: volume, to: patch, at)
      var expected: [Double] = []
      for z in 0..<5 {
        for y in 0..<9 {
          for x in 0..<133 {
            let (x, y, z) = (Double(x), Double(y), Double(z))
            expected.append(
              plain(
                image, of: volume,
                at: [
                  at.start.0 + x * at.x.0 + y * at.y.0 + z * at.z.0,
                  at.start.1 + x * at.x.1 + y * at.y.1 + z * at.z.1,
                  at.start.2 + x * at.x.2 + y * at.y.2 + z * at.z.2,
                ]))
          }
        }
      }
      expectClose(found.image.map { Double($0) }, expected, within: 3e-5)
    }
  }

  @Test func aTieGoesToTheNearestVoxel() {
    let volume = ckernels_size(x: 4, y: 1, z: 1)
    let at = ckernels_placement(start: (0.25, 0, 0), x: (0.5, 0, 0), y: (0, 1, 0), z: (0, 0, 1))
    let found = sample(
      [0, 1, 2, 3], [2, 1, 1, 0], of: volume, to: ckernels_size(x: 7, y: 1, z: 1), at)
    // At 0.25, 0.75, 1.25, … 3.25.
    #expect(found.labels == [2, 1, 1, 1, 1, 0, 0])
    #expect(found.image == [0.25, 0.75, 1.25, 1.75, 2.25, 2.75, 2.25])
  }

  @Test func mirroredVoxelsAreCopied() {
    let volume = ckernels_size(x: 3, y: 2, z: 1)
    let at = ckernels_placement(start: (3, 0, 0), x: (-1, 0, 0), y: (0, 1, 0), z: (0, 0, 1))
    let found = sample(
      [1, 2, 3, 4, 5, 6], [1, 2, 3, 4, 5, 6], of: volume, to: ckernels_size(x: 5, y: 3, z: 1), at)
    #expect(found.image == [0, 3, 2, 1, 0, 0, 6, 5, 4, 0, 0, 0, 0, 0, 0])
    #expect(found.labels == [0, 3, 2, 1, 0, 0, 6, 5, 4, 0, 0, 0, 0, 0, 0])
  }

  @Test func aPlacementThatIsNotFiniteIsRefused() {
    var at = ckernels_placement(
      start: (.nan, 0, 0), x: (1, 0, 0), y: (0, 1, 0), z: (0, 0, 1))
    let size = ckernels_size(x: 1, y: 1, z: 1)
    #expect(ckernels_sample(nil, nil, size, nil, nil, 0, size, &at) == 1)
    #expect(String(cString: ckernels_last_error()) == "the placement is not finite")
  }
}
