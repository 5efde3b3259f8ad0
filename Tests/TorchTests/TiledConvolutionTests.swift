import CKernels
import Randomness
import TestSupport
import Testing

@testable import Torch

/// Convolutions large enough for Winograd's minimal filtering along depth and height.
/// Reference: ATen of the linked libtorch, in float64, which multiplies and adds.
struct TiledConvolutionTests {
  /// Whole tiles and parts of tiles, blocks and parts of blocks, rows of every length.
  @Test(arguments: 0..<24) func agreesWithATenInFloat64(seed: UInt64) throws {
    var generator = SplitMix64(seed: 900 + seed)
    let trial = TiledTrial(using: &generator)
    let wanted = try trial.run(.float64)
    try exclusively {
      for found in try [
        trial.run(.float32), withoutAVX512 { try trial.run(.float32) },
        withoutAVX2 { try trial.run(.float32) },
      ] {
        for (name, found, wanted) in zip3(TiledTrial.names, found, wanted) {
          let error = try relativeError(found, wanted)
          // The waves that make up the bias's gradient nearly cancel out.
          #expect(error < (name == "the bias's" ? 1e-5 : 4e-6), "\(name) of \(trial): \(error)")
        }
      }
    }
  }

  @Test func givesTheSameBytesAtOneAndTwoThreads() throws {
    try exclusively {
      for seed in 950..<956 as Range<UInt64> {
        var generator = SplitMix64(seed: seed)
        let trial = TiledTrial(using: &generator)
        let one = try withThreads(1) { try trial.run(.float32) }
        let two = try withThreads(2) { try trial.run(.float32) }
        for (name, left, right) in zip3(TiledTrial.names, one, two) {
          #expect(try left.floats() == right.floats(), "\(name) of \(trial)")
        }
      }
    }
  }

  /// A single 1 draws the kernel wherever it lies: on either side of a tile's edge, and of the image's.
  @Test(arguments: [[0, 0, 0], [3, 4, 8], [4, 3, 15], [11, 11, 15], [7, 8, 0]])
  func drawsItsKernelAroundASingleVoxel(place: [Int]) throws {
    var numbers = [Float](repeating: 0, count: 8 * 12 * 12 * 16)
    numbers[((2 * 12 + place[0]) * 12 + place[1]) * 16 + place[2]] = 1
    let kernel = (0..<16 * 8 * 27).map { Float($0 % 31) - 15 }
    let result = try Tensor(numbers, shape: [1, 8, 12, 12, 16]).convolution(
      weight: Tensor(kernel, shape: [16, 8, 3, 3, 3]), padding: [1, 1, 1]
    ).floats()
    for output in [0, 7, 8, 15] {
      for index in 0..<12 * 12 * 16 {
        let shift = [
          place[0] - index / 192 + 1, place[1] - index / 16 % 12 + 1, place[2] - index % 16 + 1,
        ]
        let isSeen = shift.allSatisfy { (0..<3).contains($0) }
        let tap = isSeen ? (shift[0] * 3 + shift[1]) * 3 + shift[2] : 0
        let wanted = isSeen ? kernel[(output * 8 + 2) * 27 + tap] : 0
        #expect(abs(result[output * 12 * 12 * 16 + index] - wanted) < 4e-5)
      }
    }
  }
}

/// A convolution of random shape that keeps the size, and random numbers for it.
private struct TiledTrial: CustomStringConvertible {
  static let names = ["the result", "the input's gradient", "the weight's", "the bias's"]

  let image: [Int]
  let weight: [Int]
  let padding: [Int]
  let dilation: [Int]
  let numbers: [[Double]]

  init(using generator: inout SplitMix64) {
    let channels = [8, 9, 16, 20, 32].randomElement(using: &generator) ?? 8
    let outputs = [9, 16, 24, 33].randomElement(using: &generator) ?? 16
    let width = [1, 3, 3, 3, 5].randomElement(using: &generator) ?? 3
    let reach = width > 1 ? Int.random(in: 1...2, using: &generator) : 1
    let rows = (0..<2).map { _ in Int.random(in: 4...13, using: &generator) }
    let shortest = 1024 / (rows[0] * rows[1]) + 1
    image =
      [Int.random(in: 1...2, using: &generator), channels] + rows
      + [Int.random(in: shortest...shortest + 20, using: &generator)]
    weight = [outputs, channels, 3, 3, width]
    padding = [1, 1, (width - 1) / 2 * reach]
    dilation = [1, 1, reach]
    numbers = [image, weight, [outputs]].map { shape in
      (0..<shape.reduce(1, *)).map { _ in Double(Float(generator.normal())) }
    }
  }

  /// The result, and the gradients of a sum of it in which no number can hide.
  func run(_ type: ScalarType) throws -> [Tensor] {
    let inputs = try zip(numbers, [image, weight, [weight[0]]]).map { numbers, shape in
      let tensor = try Tensor(numbers, shape: shape).converted(to: type)
      try tensor.markAsWeight()
      return tensor
    }
    let result = try inputs[0].convolution(
      weight: inputs[1], bias: inputs[2], padding: padding, dilation: dilation)
    let waves = try waves(result.shape, step: 0.77).converted(to: type)
    let gradients = try Tensor.gradients(of: (result * waves).sum(), withRespectTo: inputs)
    return [result] + gradients.compactMap { $0 }
  }

  var description: String { "convolution of \(image) with \(weight), dilation \(dilation)" }
}
