import Architecture
import Networks
import Randomness
import Synchronization
import Testing
import Torch

struct ActivationProbeTests {
  @Test func everyRectifiedOutputIsSeenOnceInItsScopeOnly() throws {
    var generator = SplitMix64(seed: 1)
    let block = try ConvolutionBlock(
      inChannels: 1, outChannels: 2, kernel: [3, 3, 3], using: &generator)
    let attention = try ChannelAttention(channels: 8, using: &generator)
    let seen = Mutex<[[Int]]>([])
    let probe = ActivationProbe { activation throws(TorchError) in
      seen.withLock { $0.append(activation.shape) }
    }
    let input = try Tensor.ones([2, 1, 3, 4, 5])
    let features = try Tensor.ones([2, 8, 3, 4, 5])
    _ = try block(input)
    try probe.watching { () throws(TorchError) in
      _ = try block(input)
      _ = try attention(features)
    }
    _ = try block(input)
    #expect(seen.withLock { $0 } == [[2, 2, 3, 4, 5], [2, 2, 1, 1, 1]])
  }

  @Test func theSignIsThatOfTheNormalizedFeatures() throws {
    let normalization = try InstanceNormalization(channels: 1)
    let signs = Mutex<[Bool]>([])
    let probe = ActivationProbe { activation throws(TorchError) in
      let values = try activation.detached().floats()
      signs.withLock { $0 += values.map { $0 > 0 } }
    }
    let input = try Tensor([3, 5, 1, 9] as [Float], shape: [1, 1, 1, 2, 2])
    // The mean is 4.5.
    _ = try probe.watching { () throws(TorchError) in try normalization(input, leakySlope: 0.01) }
    #expect(signs.withLock { $0 } == [false, true, false, true])
    _ = try probe.watching { () throws(TorchError) in try normalization(input) }
    #expect(signs.withLock { $0.count } == 4)
  }
}
