internal import CRegistration
internal import Imaging

/// Twelve self-similarities around every voxel of a grid, a plane of the grid per channel.
///
/// Source: M. Heinrich et al., MICCAI 2013, equations 1 and 2, with patches of 3 × 3 × 3 voxels and
/// the variance kept between a thousandth and a thousand times its mean.
final class DescriptorImage {
  static let channels = Int(CREGISTRATION_CHANNELS)

  let size: SIMD3<Int>

  /// The descriptors, 0 to 1.
  private(set) var values: [Float]

  private var scratch: [Float]
  private let slab: Int
  private let threads: Int?

  /// Room for descriptors of a grid; they are zero.
  init(size: SIMD3<Int>, threads: Int?) {
    (self.size, self.threads) = (size, threads)
    // The same slabs whatever the number of threads, so that sums are added in one order.
    slab = max(4, (size.z + 7) / 8)
    var kernelSize = [Int64(size.x), Int64(size.y), Int64(size.z)]
    let slabs = (size.z + slab - 1) / slab
    scratch = Array(repeating: 0, count: slabs * Int(cregistration_scratch(&kernelSize)))
    values = Array(repeating: 0, count: Self.channels * size.x * size.y * size.z)
  }

  /// The descriptors of a volume.
  convenience init(of volume: Volume<Float>, threads: Int?) {
    self.init(size: volume.geometry.size, threads: threads)
    describe(volume.voxels)
  }

  /// The slices that are worked on together.
  var slabs: [Range<Int>] {
    stride(from: 0, to: size.z, by: slab).map { $0..<min($0 + slab, size.z) }
  }

  /// Makes the descriptors those of `voxels` on the grid.
  func describe(_ voxels: [Float]) {
    let slabs = slabs
    let (plane, count) = (size.x * size.y, voxels.count)
    let kernelSize = [Int64(size.x), Int64(size.y), Int64(size.z)]
    let share = scratch.count / slabs.count
    var sums = [Double](repeating: 0, count: slabs.count)
    voxels.withUnsafeBufferPointer { voxels in
      values.withUnsafeMutableBufferPointer { values in
        scratch.withUnsafeMutableBufferPointer { scratch in
          sums.withUnsafeMutableBufferPointer { sums in
            guard let first = values.baseAddress, let start = scratch.baseAddress else { return }
            // Every slab writes slices, scratch and a sum of its own.
            nonisolated(unsafe) let (voxels, output, room, sums) = (voxels, first, start, sums)
            shareOut(slabs.count, threads: threads) { index in
              sums[index] = cregistration_distances(
                voxels.baseAddress, kernelSize, Int64(slabs[index].lowerBound),
                Int64(slabs[index].upperBound), room + index * share, output)
            }
            let variance = sums.reduce(0, +) / Double(count)
            shareOut(slabs.count, threads: threads) { index in
              cregistration_descriptors(
                output, Int64(count), Int64(slabs[index].lowerBound * plane),
                Int64(slabs[index].upperBound * plane), variance)
            }
          }
        }
      }
    }
  }
}
