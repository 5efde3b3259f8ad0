internal import CRegistration
internal import Imaging

/// The mean squared difference of two scans' descriptors, with what Gauss-Newton steps need.
///
/// The descriptors of the moving scan are made anew for every movement, from the scan as it is seen
/// on the fixed scan's grid: they look along the grid's axes and would not turn with the scan.
final class SelfSimilarity: Objective {
  let frame: Frame
  private let fixed: Geometry
  private let moving: Volume<Float>
  private let target: DescriptorImage
  private let seen: DescriptorImage
  private var values: [Float]
  private var weights: [Float]
  private let threads: Int?

  init(fixed: Volume<Float>, moving: Volume<Float>, frame: Frame, threads: Int?) {
    (self.frame, self.fixed, self.moving) = (frame, fixed.geometry, moving)
    self.threads = threads
    target = DescriptorImage(of: fixed, threads: threads)
    seen = DescriptorImage(size: fixed.geometry.size, threads: threads)
    values = Array(repeating: 0, count: fixed.voxels.count)
    weights = values
  }

  func evaluate(at transform: AffineMap, withSlope: Bool) -> Evaluation? {
    let toMoving = transform.followed(by: moving.geometry.map.inverse)
    warp(through: fixed.map.followed(by: toMoving))
    seen.describe(values)
    let sums = compare(withSlope: withSlope)
    guard sums.weight > 0 else { return nil }
    let covered = sums.weight / Double(fixed.voxelCount) * fixed.extent
    let smaller = min(fixed.extent, moving.geometry.extent / abs(transform.determinant))
    var result = Evaluation(
      cost: sums.difference / sums.weight, overlap: min(1, covered / smaller))
    guard withSlope else { return result }
    let toVoxels = fixed.map.inverse
    let slope = sums.slopes.map { 2 * $0 / sums.weight }
    result.slope = pulledBack(slope, through: toVoxels)
    result.curvature = pulledBack(curvature: sums.curvatures.map { 2 * $0 / sums.weight }, toVoxels)
    return result
  }

  /// Looks at the moving scan on the fixed scan's grid.
  private func warp(through map: AffineMap) {
    let slabs = target.slabs
    let size = fixed.size
    values.withUnsafeMutableBufferPointer { values in
      weights.withUnsafeMutableBufferPointer { weights in
        moving.withKernelVolume { volume in
          // Every slab writes slices of its own.
          nonisolated(unsafe) let (volume, values, weights) = (
            volume, values.baseAddress, weights.baseAddress
          )
          shareOut(slabs.count, threads: threads) { index in
            var (volume, map) = (volume, cregistration_map(map))
            let kernelSize = [Int64(size.x), Int64(size.y), Int64(size.z)]
            cregistration_warp(
              &volume, &map, kernelSize, Int64(slabs[index].lowerBound),
              Int64(slabs[index].upperBound), values, weights)
          }
        }
      }
    }
  }

  /// The differences of all voxels, and where asked for their normal equations.
  private func compare(withSlope: Bool) -> cregistration_normal {
    let slabs = target.slabs
    let kernelSize = [Int64(fixed.size.x), Int64(fixed.size.y), Int64(fixed.size.z)]
    let places = cregistration_map(fixed.map.followed(by: frame.map.inverse))
    var sums = [cregistration_normal](repeating: cregistration_normal(), count: slabs.count)
    sums.withUnsafeMutableBufferPointer { sums in
      // Every slab has sums of its own.
      nonisolated(unsafe) let sums = sums
      let (target, seen, weights) = (target.values, seen.values, weights)
      shareOut(slabs.count, threads: threads) { index in
        let slab = slabs[index]
        let add = { (places: UnsafePointer<cregistration_map>?) in
          cregistration_compare(
            target, seen, nil, weights, kernelSize, Int64(slab.lowerBound),
            Int64(slab.upperBound), places, &sums[index])
        }
        if withSlope { withUnsafePointer(to: places, add) } else { add(nil) }
      }
    }
    return sums.reduce(into: cregistration_normal()) { $0.add($1) }
  }

  /// A symmetric 12 × 12 matrix of which the upper blocks are filled, over displacements of voxels,
  /// as one over displacements of points in millimetres.
  private func pulledBack(curvature: [Double], _ map: AffineMap) -> [Double] {
    let columns = [map.x, map.y, map.z]
    let block = { (row: Int, column: Int, k: Int, l: Int) in
      row <= column
        ? curvature[12 * (4 * row + k) + 4 * column + l]
        : curvature[12 * (4 * column + l) + 4 * row + k]
    }
    return (0..<144).map { index in
      let (one, other) = (index / 12, index % 12)
      var sum = 0.0
      for row in 0..<3 {
        for column in 0..<3 {
          sum +=
            columns[one / 4][row] * columns[other / 4][column]
            * block(row, column, one % 4, other % 4)
        }
      }
      return sum
    }
  }
}

extension cregistration_normal {
  /// Adds what another piece has found.
  fileprivate mutating func add(_ other: cregistration_normal) {
    difference += other.difference
    weight += other.weight
    withUnsafeMutableBytes(of: &self) { mine in
      withUnsafeBytes(of: other) { theirs in
        let (mine, theirs) = (
          mine.bindMemory(to: Double.self), theirs.bindMemory(to: Double.self)
        )
        for index in 2..<mine.count { mine[index] += theirs[index] }
      }
    }
  }

  fileprivate var slopes: [Double] { numbers(from: 2, count: 12) }

  fileprivate var curvatures: [Double] { numbers(from: 14, count: 144) }

  private func numbers(from start: Int, count: Int) -> [Double] {
    withUnsafeBytes(of: self) { Array($0.bindMemory(to: Double.self)[start..<start + count]) }
  }
}
