import CKernels
import Foundation
import Randomness
import TestSupport
import Testing
import Torch

/// References: the definition written out voxel by voxel below, ATen's instance normalisation where
/// there is one window, and ATen in float64 for the kernel.
struct TensorLocalNormalizationTests {
  @Test(arguments: 0..<30 as Range<UInt64>) func agreesWithATenInFloat64(seed: UInt64) throws {
    var generator = SplitMix64(seed: seed)
    let trial = LocalTrial(using: &generator)
    let (fast, wanted) = (try trial.run(.float32), try trial.run(.float64))
    #expect(try relativeError(fast, wanted) < 1e-5, "\(trial)")
  }

  @Test(arguments: 0..<6 as Range<UInt64>) func isWhatItsDefinitionSays(seed: UInt64) throws {
    var generator = SplitMix64(seed: seed)
    let trial = LocalTrial(using: &generator)
    let found = try trial.run(.float64).doubles()
    let wanted = trial.writtenOut()
    #expect(zip(found, wanted).allSatisfy { abs($0 - $1) < 1e-6 }, "\(trial)")
  }

  @Test func withOneWindowItIsInstanceNormalization() throws {
    var generator = SplitMix64(seed: 3)
    let numbers = (0..<(2 * 11 * 6 * 7 * 9)).map { _ in Float(generator.normal()) }
    let image = try Tensor(numbers, shape: [2, 11, 6, 7, 9])
    let axes = [6, 7, 9].map {
      StatisticsAxis(length: $0, window: 9, step: 0.25, deviation: 0.25)
    }
    try withoutGradients {
      let found = try image.locallyNormalized(axes: axes, leakySlope: 0.01)
      #expect(try relativeError(found, image.instanceNormalized(leakySlope: 0.01)) < 1e-6)
    }
  }

  @Test func keepsItsPrecisionFarFromZero() throws {
    let numbers = (0..<4096).map { 1000 + Double($0 % 7) }
    let axes = (0..<3).map { _ in StatisticsAxis(length: 16, window: 8, step: 0.25, deviation: 0.25)
    }
    try withoutGradients {
      let image = try Tensor(numbers, shape: [1, 1, 16, 16, 16])
      let found = try image.converted(to: .float32).locallyNormalized(axes: axes)
      let wanted = try image.converted(to: .float64).locallyNormalized(axes: axes)
      // The factors alone are rounded; a number of 1000 keeps four digits behind its point.
      #expect(try relativeError(found, wanted) < 1e-4)
    }
  }

  @Test func givesTheSameBytesAtOneAndTwoThreads() throws {
    try exclusively {
      for seed in 100..<106 as Range<UInt64> {
        var generator = SplitMix64(seed: seed)
        let trial = LocalTrial(using: &generator)
        let one = try withThreads(1) { try trial.run(.float32).floats() }
        let two = try withThreads(2) { try trial.run(.float32).floats() }
        #expect(one == two, "\(trial)")
      }
    }
  }

  @Test func givesTheSameWithoutAVX2() throws {
    try exclusively {
      for seed in 200..<206 as Range<UInt64> {
        var generator = SplitMix64(seed: seed)
        let trial = LocalTrial(using: &generator)
        let fast = try trial.run(.float32)
        let portable = try withoutAVX2 { try trial.run(.float32) }
        #expect(try relativeError(portable, fast) < 1e-5, "\(trial)")
      }
    }
  }

  @Test func isRefusedWhereGradientsAreRecorded() throws {
    let image = try Tensor.zeros([1, 1, 2, 2, 2])
    let axes = (0..<3).map { _ in StatisticsAxis(length: 2, window: 2, step: 1, deviation: 1) }
    let error = #expect(throws: TorchError.self) { try image.locallyNormalized(axes: axes) }
    #expect(
      error?.reason.contains("no gradient flows through it; use it without gradients") == true)
  }

  @Test func axesOfAnotherLengthAreRefused() throws {
    let image = try Tensor.zeros([1, 1, 2, 2, 3])
    let axes = (0..<3).map { _ in StatisticsAxis(length: 2, window: 2, step: 1, deviation: 1) }
    let error = #expect(throws: TorchError.self) {
      try withoutGradients { try image.locallyNormalized(axes: axes) }
    }
    #expect(error?.reason.contains("the tiles of axis 4 end at 2, expected 3") == true)
  }
}

/// An image of random shape and windows for it.
private struct LocalTrial: CustomStringConvertible {
  let shape: [Int]
  let axes: [StatisticsAxis]
  let slope: Double
  let numbers: [[Double]]

  init(using generator: inout SplitMix64) {
    let grid = (0..<3).map { _ in Int.random(in: 1...19, using: &generator) }
    shape =
      [Int.random(in: 1...2, using: &generator), Int.random(in: 1...18, using: &generator)] + grid
    var axes: [StatisticsAxis] = []
    for length in grid {
      axes.append(
        StatisticsAxis(
          length: length, window: Double.random(in: 3...12, using: &generator),
          step: [0.125, 0.25, 0.5][Int.random(in: 0...2, using: &generator)],
          deviation: Double.random(in: 0.1...1, using: &generator)))
    }
    self.axes = axes
    slope = [0.01, 1][Int.random(in: 0...1, using: &generator)]
    numbers = [shape, [shape[1]], [shape[1]]].map { shape in
      (0..<shape.reduce(1, *)).map { _ in Double(Float(generator.normal())) }
    }
  }

  /// A larger epsilon than usual, because windows may hold a voxel or two.
  static let epsilon = 0.01

  func run(_ type: ScalarType) throws -> Tensor {
    try withoutGradients {
      let tensors = try zip(numbers, [shape, [shape[1]], [shape[1]]]).map {
        try Tensor($0, shape: $1).converted(to: type)
      }
      return try tensors[0].locallyNormalized(
        axes: axes, scale: tensors[1], shift: tensors[2], epsilon: Self.epsilon, leakySlope: slope)
    }
  }

  /// The same, voxel by voxel and window by window, in float64.
  func writtenOut() -> [Double] {
    let voxels = shape[2] * shape[3] * shape[4]
    return (0..<shape[0] * shape[1]).flatMap { plane in
      let image = Array(numbers[0][plane * voxels..<(plane + 1) * voxels])
      return normalized(
        image, scale: numbers[1][plane % shape[1]], shift: numbers[2][plane % shape[1]])
    }
  }

  private func normalized(_ image: [Double], scale: Double, shift: Double) -> [Double] {
    let windows = axes.map { $0.tiles - $0.window + 1 }
    var fields: [[Double]] = []
    for window in grid(windows) {
      let ranges = zip(window, axes).map { $1.edges[$0]..<$1.edges[$0 + $1.window] }
      let inside = ranges[0].flatMap { z in
        ranges[1].flatMap { y in ranges[2].map { x in image[(z * shape[3] + y) * shape[4] + x] } }
      }
      let mean = inside.reduce(0, +) / Double(inside.count)
      let variance = inside.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(inside.count)
      let factor = scale / (variance + Self.epsilon).squareRoot()
      fields.append([factor, shift - mean * factor])
    }
    let perAxis = axes.map(voxelShares)
    return grid(Array(shape[2...])).enumerated().map { index, voxel in
      var field = [0.0, 0.0]
      for (number, window) in grid(windows).enumerated() {
        let share = (0..<3).reduce(1.0) { $0 * perAxis[$1][voxel[$1]][window[$1]] }
        for part in 0..<2 { field[part] += share * fields[number][part] }
      }
      let result = image[index] * field[0] + field[1]
      return result > 0 ? result : result * slope
    }
  }

  /// For every voxel of an axis, the share of every window.
  private func voxelShares(_ axis: StatisticsAxis) -> [[Double]] {
    let windows = axis.tiles - axis.window + 1
    let perTile = (0..<axis.tiles).map { tile in
      (0..<windows).map { window in
        let index = window - (tile - axis.window + 1)
        return (0..<axis.window).contains(index)
          ? Double(axis.weights[tile * axis.window + index]) : 0
      }
    }
    let middles = zip(axis.edges, axis.edges.dropFirst()).map { Double($0 + $1 - 1) / 2 }
    return (0..<axis.edges[axis.tiles]).map { voxel in
      let place = min(max(Double(voxel), middles[0]), middles[axis.tiles - 1])
      let below = middles.lastIndex { $0 <= place } ?? 0
      let above = min(below + 1, axis.tiles - 1)
      let share = above == below ? 0 : (place - middles[below]) / (middles[above] - middles[below])
      return zip(perTile[below], perTile[above]).map { $0 + share * ($1 - $0) }
    }
  }

  /// All positions of a grid, the last axis fastest.
  private func grid(_ lengths: [Int]) -> [[Int]] {
    lengths.reduce([[]]) { positions, length in
      positions.flatMap { position in (0..<length).map { position + [$0] } }
    }
  }

  var description: String { "\(shape), tiles \(axes.map(\.edges)), windows \(axes.map(\.window))" }
}
