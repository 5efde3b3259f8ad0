import Foundation
import Imaging
import Testing

/// One image stored along its axes in every order and direction.
struct NIfTIOrientationTests {
  /// x, y and z point right, anterior and superior; every voxel has a value of its own.
  private let image = Volume(
    geometry: Geometry(size: [3, 4, 5], spacing: [1, 1.5, 2], origin: [-7, 11, 30]),
    voxels: (0..<60).map(Float.init))

  private static let orders = [
    [0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0],
  ]

  /// The image with its stored axes being the axes `order` of space, those in `flips` backwards.
  private func stored(_ order: [Int], flips: Int) -> Volume<Float> {
    let own = image.geometry
    let columns = [own.map.x, own.map.y, own.map.z]
    let isFlipped = { (axis: Int) in flips >> axis & 1 == 1 }
    var start = own.origin
    let steps = order.indices.map { axis -> SIMD3<Double> in
      guard isFlipped(axis) else { return columns[order[axis]] }
      start += columns[order[axis]] * Double(own.size[order[axis]] - 1)
      return -columns[order[axis]]
    }
    let size = SIMD3(order.map { own.size[$0] })
    var voxels: [Float] = []
    for z in 0..<size.z {
      for y in 0..<size.y {
        for x in 0..<size.x {
          var place = SIMD3<Int>.zero
          for (axis, index) in [x, y, z].enumerated() {
            place[order[axis]] = isFlipped(axis) ? size[axis] - 1 - index : index
          }
          voxels.append(image[place.x, place.y, place.z])
        }
      }
    }
    let map = AffineMap(x: steps[0], y: steps[1], z: steps[2], offset: start)
    return Volume(geometry: Geometry(size: size, map: map), voxels: voxels)
  }

  @Test func allFortyEightAreOneImageInTheWorldByEitherForm() throws {
    let folder = try ScratchFolder()
    for order in Self.orders {
      for flips in 0..<8 {
        try NIfTI.write(stored(order, flips: flips), to: folder["s.nii"])
        // Without the sform's code, the qform counts.
        var bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: folder["s.nii"])))
        bytes[254] = 0
        let paths = [folder["s.nii"], try folder.store(bytes, as: "q.nii")]
        for path in paths {
          let volume = try ScanFile.read(at: path).volume
          let canonical = volume.geometry.canonical
          #expect(canonical.agrees(with: image.geometry), "\(order), \(flips)")
          let turned = volume.resampled(onto: canonical, interpolation: .nearest)
          #expect(turned.voxels == image.voxels, "\(order), \(flips)")
        }
      }
    }
  }
}
