import NetworkTestSupport
import Networks
import Testing
import Torch

/// Reference values: PyTorch 2.15, from Tests/Reference/network_values.py.
struct InstanceNormalizationTests {
  @Test func everyChannelHasMeanZeroAndVarianceOne() throws {
    let layer = try InstanceNormalization(channels: 2)
    let output = try layer(image(0, [1, 2, 2, 3, 4]).converted(to: .float32)).doubles()
    for channel in 0..<2 {
      let values = output[(channel * 24)..<((channel + 1) * 24)]
      #expect(abs(values.reduce(0, +)) < 1e-5)
      #expect(abs(values.reduce(0) { $0 + $1 * $1 } / 24 - 1) < 1e-3)
    }
  }

  @Test func agreesWithPyTorch() throws {
    let layer = try InstanceNormalization(channels: 3)
    try layer.fillByName()
    let found = try digest(layer(image(0, [2, 3, 3, 4, 5])))
    #expect(agree(found, NetworkReferenceValues.layers["instanceNormalization"]))
  }

  @Test func gradientsAgreeWithFiniteDifferences() throws {
    try expectGradients(
      of: InstanceNormalization(channels: 2), at: image(1, [2, 2, 1, 2, 3]))
  }
}
