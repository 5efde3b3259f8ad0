import Randomness

/// Made-up images [N, C, D, H, W] for kernels.
struct Images {
  let batch: Int
  let channels: Int
  let size: [Int]
  /// Plain, in order.
  var numbers: [Float]

  var voxels: Int { size[0] * size[1] * size[2] }
  var blocks: Int { (channels + 7) / 8 }

  init(batch: Int, channels: Int, size: [Int], using generator: inout some RandomNumberGenerator) {
    self.batch = batch
    self.channels = channels
    self.size = size
    let count = batch * channels * size[0] * size[1] * size[2]
    numbers = (0..<count).map { _ in Float(generator.normal()) }
  }

  init(batch: Int, channels: Int, size: [Int], blocked: [Float]) {
    self.batch = batch
    self.channels = channels
    self.size = size
    numbers = []
    for image in 0..<batch {
      for channel in 0..<channels {
        for voxel in 0..<voxels {
          numbers.append(blocked[place(image, channel, voxel)])
        }
      }
    }
  }

  /// The same, [N, ⌈C/8⌉, D, H, W, 8], with zeros beyond the last channel.
  var blocked: [Float] {
    var result = [Float](repeating: 0, count: batch * blocks * voxels * 8)
    for image in 0..<batch {
      for channel in 0..<channels {
        for voxel in 0..<voxels {
          result[place(image, channel, voxel)] =
            numbers[(image * channels + channel) * voxels + voxel]
        }
      }
    }
    return result
  }

  /// The number at a place that may lie outside, where there are zeros.
  func at(_ image: Int, _ channel: Int, _ z: Int, _ y: Int, _ x: Int) -> Double {
    guard size[0] > z, z >= 0, size[1] > y, y >= 0, size[2] > x, x >= 0 else { return 0 }
    return Double(
      numbers[(((image * channels + channel) * size[0] + z) * size[1] + y) * size[2] + x])
  }

  private func place(_ image: Int, _ channel: Int, _ voxel: Int) -> Int {
    ((image * blocks + channel / 8) * voxels + voxel) * 8 + channel % 8
  }
}

extension RandomNumberGenerator {
  /// A whole number from the uniform distribution on `range`.
  mutating func whole(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &self) }
}
