import Imaging

/// Copies a patch out of a case, transformed, padded with zeros where it leaves the case.
struct PatchGather {
  /// The case's size along x, y and z.
  let size: SIMD3<Int>

  /// Per voxel of the patch, z, y, x order, its position in the case.
  private let positions: [SIMD3<Float>]

  init(_ transform: SpatialTransform, from geometry: Geometry, patchSize: [Int]) {
    size = geometry.size
    let axes = transform.matrix(spacing: geometry.spacing)
    let middle = SIMD3(patchSize[0] - 1, patchSize[1] - 1, patchSize[2] - 1)
    // On the grid the centre is moved by half a voxel where needed, so that voxels meet voxels.
    var centre = transform.centre
    if transform.isOnGrid {
      for axis in 0..<3 {
        let half = Double(middle[axis]) / 2
        centre[axis] = (centre[axis] - half).rounded() + half
      }
    }
    var positions = [SIMD3<Float>]()
    positions.reserveCapacity(patchSize.reduce(1, *))
    for z in 0..<patchSize[2] {
      for y in 0..<patchSize[1] {
        let fixed =
          centre + axes.z * (Double(z) - Double(middle.z) / 2)
          + axes.y * (Double(y) - Double(middle.y) / 2)
        for x in 0..<patchSize[0] {
          positions.append(SIMD3<Float>(fixed + axes.x * (Double(x) - Double(middle.x) / 2)))
        }
      }
    }
    self.positions = positions
  }

  /// Trilinear interpolation of an image at every position, zero outside.
  func image(_ source: [Float], into target: UnsafeMutableBufferPointer<Float>) {
    let upper = SIMD3<Float>(Float(size.x - 1), Float(size.y - 1), Float(size.z - 1))
    let row = size.x
    let slice = size.x * size.y
    source.withUnsafeBufferPointer { voxels in
      for (index, position) in positions.enumerated() {
        guard all(position .>= -0.5), all(position .<= upper + 0.5) else {
          target[index] = 0
          continue
        }
        let inside = position.clamped(lowerBound: .zero, upperBound: upper)
        let low = inside.rounded(.down)
        let part = inside - low
        let x = Int(low.x)
        let y = Int(low.y)
        let z = Int(low.z)
        let base = x + y * row + z * slice
        let right = x + 1 < size.x ? 1 : 0
        let down = y + 1 < size.y ? row : 0
        let deep = z + 1 < size.z ? slice : 0
        func line(_ start: Int) -> Float {
          let first = voxels[start]
          return first + part.x * (voxels[start + right] - first)
        }
        func plane(_ start: Int) -> Float {
          let first = line(start)
          return first + part.y * (line(start + down) - first)
        }
        let first = plane(base)
        target[index] = first + part.z * (plane(base + deep) - first)
      }
    }
  }

  /// The class of the nearest voxel at every position, background outside.
  func classes(_ source: [UInt8], into target: UnsafeMutableBufferPointer<UInt8>) {
    let upper = SIMD3<Float>(Float(size.x), Float(size.y), Float(size.z)) - 0.5
    source.withUnsafeBufferPointer { voxels in
      for (index, position) in positions.enumerated() {
        guard all(position .>= -0.5), all(position .< upper) else {
          target[index] = 0
          continue
        }
        let nearest = position.rounded(.toNearestOrAwayFromZero)
        let voxel =
          Int(nearest.x) + size.x * (Int(nearest.y) + size.y * Int(nearest.z))
        target[index] = voxels[min(max(voxel, 0), voxels.count - 1)]
      }
    }
  }
}
