import Networks
import Testing
import Torch

struct NormalizationBypassTests {
  @Test func insideItOnlyTheLeakyReLUIsLeft() throws {
    let normalization = try InstanceNormalization(channels: 1)
    try normalization.scale.multiply(by: 7)
    let input = try Tensor([3, -5, 0, 9] as [Double], shape: [1, 1, 1, 2, 2])
    let inside = try withoutNormalization { () throws(TorchError) in
      [try normalization(input), try normalization(input, leakySlope: 0.5)]
    }
    #expect(try inside[0].doubles() == [3, -5, 0, 9])
    #expect(try inside[1].doubles() == [3, -2.5, 0, 9])
    try normalization.scale.replaceStorage(device: .cpu, type: .float64)
    try normalization.shift.replaceStorage(device: .cpu, type: .float64)
    #expect(try normalization(input).doubles() != [3, -5, 0, 9])
  }
}
