import Architecture
import Randomness
import TestSupport
import Testing
import Torch

@testable import Networks

struct LocalStatisticsTests {
  private static let topology = Topology(
    levels: [
      .init(channels: 8, kernel: [3, 3, 3], stride: [1, 1, 1]),
      .init(channels: 8, kernel: [3, 3, 3], stride: [2, 2, 2]),
    ], blocksPerLevel: 1, classes: 2)

  private func network() throws -> SegmentationNetwork {
    var generator = SplitMix64(seed: 4)
    return try SegmentationNetwork(
      design: .early(["ct", "mri"]), topology: Self.topology, using: &generator)
  }

  private func images(_ size: [Int], value: (Int) -> Float) throws -> [Tensor] {
    let count = size.reduce(1, *)
    return try (0..<2).map { channel in
      try Tensor((0..<count).map { value($0) + Float(channel) }, shape: [1, 1] + size)
    }
  }

  @Test func coarserLevelsHaveSmallerWindows() {
    let statistics = LocalStatistics(patch: [16, 16, 32], image: [32, 48, 32])
    let axes = statistics.axes(of: [16, 24, 16])
    #expect(axes.map(\.window) == [4, 4, 4])
    #expect(axes.map(\.tiles) == [8, 12, 4])
  }

  @Test func anImageOfOnePatchIsNormalizedAsAlways() throws {
    let network = try network()
    let inputs = try images([8, 8, 8]) { Float($0 % 11) }
    try withoutGradients {
      let usual = try network(inputs)[0].floats()
      let local = try withLocalStatistics(LocalStatistics(patch: [8, 8, 8], image: [8, 8, 8])) {
        () throws(TorchError) in try network(inputs)[0]
      }
      #expect(zip(usual, try local.floats()).allSatisfy { abs($0 - $1) < 1e-4 })
    }
  }

  /// What this is for: beside a bright region, a patch far from it is seen as if it were alone.
  @Test func whatLiesFarAwayDoesNotChangeAVoxel() throws {
    let network = try network()
    let size = [8, 8, 64]
    let plain = try images(size) { Float($0 % 11) }
    let bright = try images(size) { $0 % 64 < 16 ? 100 : Float($0 % 11) }
    func logits(_ images: [Tensor], local: Bool) throws -> [Float] {
      try withoutGradients {
        guard local else { return try network(images)[0].floats() }
        return try withLocalStatistics(LocalStatistics(patch: [8, 8, 16], image: size)) {
          () throws(TorchError) in try network(images)[0]
        }.floats()
      }
    }
    let far = (0..<2 * 8 * 8 * 64).filter { $0 % 64 >= 56 }
    func largestChange(local: Bool) throws -> Float {
      let (left, right) = (try logits(plain, local: local), try logits(bright, local: local))
      return far.map { abs(left[$0] - right[$0]) }.max() ?? 0
    }
    #expect(try largestChange(local: true) < 1e-3)
    #expect(try largestChange(local: false) > 0.1)
  }

  @Test func itEndsWithTheBody() throws {
    #expect(LocalStatistics.current == nil)
    let statistics = LocalStatistics(patch: [8, 8, 8], image: [8, 8, 8])
    let inside = try withLocalStatistics(statistics) { () throws(TorchError) in
      LocalStatistics.current
    }
    #expect(inside == statistics)
    #expect(throws: TorchError.self) {
      try withLocalStatistics(statistics) { () throws(TorchError) -> Void in
        throw TorchError(operation: "a test", reason: "none")
      }
    }
    #expect(LocalStatistics.current == nil)
  }
}
