import Randomness
import TestSupport
import Testing

@testable import Torch

/// That an image lies blocked must not show in any number, shape or error.
struct BlockedLayoutTests {
  private static var operations: [(name: String, keepsBlocks: Bool, apply: Operation)] {
    [
      ("sum", true, { try $0 + $1 }), ("difference", true, { try $0 - $1 }),
      ("product", true, { try $0 * $1 }), ("quotient", false, { try $0 / ($1.power(2) + 1) }),
      ("maximum", true, { try $0.larger(than: $1) }), ("scaling", true, { x, _ in try x * 2.5 }),
      ("division", true, { x, _ in try x / 4 }), ("shift", false, { x, _ in try x + 1 }),
      ("division by zero", false, { x, _ in try x / 0 }),
      ("endless scaling", false, { x, _ in try x * Double.infinity }),
      ("subtraction from a number", false, { x, _ in try 1 - x }),
      ("negation", true, { x, _ in try x.negated() }),
      ("absolute value", true, { x, _ in try x.absolute() }),
      ("exponential", false, { x, _ in try x.exp() }),
      ("sigmoid", false, { x, _ in try x.sigmoid() }),
      ("leaky ReLU", true, { x, _ in try x.leakyReLU() }),
      ("softmax", false, { x, _ in try x.softmax(axis: 1) }),
      ("mean", false, { x, _ in try x.mean(overAxes: [1, 3]) }),
      ("reshaping", false, { x, _ in try x.reshaped([-1]) }),
      ("narrowing", false, { x, _ in try x.narrowed(axis: 1, from: 2, count: 5) }),
      ("flipping", false, { x, _ in try x.flipped(axes: [1, 4]) }),
      ("copying", true, { x, _ in try x.copied() }),
      ("conversion", true, { x, _ in try x.converted(to: .float32) }),
      ("detaching", true, { x, _ in try x.detached() }),
      ("batches", true, { try Tensor.concatenated([$0, $1], axis: 0) }),
      ("channels", false, { try Tensor.concatenated([$0, $1], axis: 1) }),
      ("heights", false, { try Tensor.concatenated([$0, $1], axis: 3) }),
      ("a number for all", true, { try $0 * $1.mean() }),
      ("a map for all channels", true, { try $1.mean(overAxes: [1], keepingAxes: true) * $0 }),
      (
        "a number per channel", false, { try $0 * $1.mean(overAxes: [2, 3, 4], keepingAxes: true) }
      ),
    ]
  }

  private typealias Operation = (Tensor, Tensor) throws -> Tensor

  /// Blocked images with 11 channels, so the second block has five spare lanes, and the same plain.
  private func images() throws -> (blocked: [Tensor], plain: [Tensor]) {
    let blocked = try [0.37, 0.53].map { step in
      let image = try waves([2, 3, 3, 4, 5], step: step).converted(to: .float32)
      let weight = try waves([11, 3, 1, 1, 1], step: 0.9).converted(to: .float32)
      return try image.convolution(weight: weight)
    }
    let plain = try blocked.map { try Tensor($0.floats(), shape: $0.shape) }
    #expect(blocked.allSatisfy(\.isBlocked) && !plain.contains(where: \.isBlocked))
    return (blocked, plain)
  }

  @Test func operationsGiveWhatTheyGiveForPlainImages() throws {
    let (blocked, plain) = try images()
    for (name, keepsBlocks, apply) in Self.operations {
      let found = try apply(blocked[0], blocked[1])
      let wanted = try apply(plain[0], plain[1])
      #expect(found.isBlocked == keepsBlocks, "\(name)")
      #expect(found.shape == wanted.shape, "\(name)")
      #expect(found.elementCount == wanted.elementCount, "\(name)")
      #expect(try bits(found) == bits(wanted), "\(name)")
      let mixed = try apply(blocked[0], plain[1])
      #expect(try bits(mixed) == bits(wanted), "\(name) with a plain right side")
    }
  }

  @Test func gradientsFlowThroughBothLayouts() throws {
    let withoutGradient = ["detaching", "division by zero", "endless scaling"]
    for (name, _, apply) in Self.operations where !withoutGradient.contains(name) {
      let (blocked, plain) = try images()
      let gradients = try [blocked, plain].map { pair in
        let inputs = try pair.map { try $0.detached() }
        for input in inputs { try input.markAsWeight() }
        let result = try apply(inputs[0], inputs[1])
        let sum = try (result * waves(result.shape, step: 0.77).converted(to: .float32)).sum()
        return try Tensor.gradients(of: sum, withRespectTo: inputs).compactMap { $0 }
      }
      #expect(!gradients[0].isEmpty && gradients[0].count == gradients[1].count, "\(name)")
      // This one's gradient is a sum that nearly cancels (condition number 689), and the layouts add
      // in different orders.
      let tolerance = name == "a number for all" ? 1e-4 : 1e-6
      for (found, wanted) in zip(gradients[0], gradients[1]) {
        #expect(try relativeError(found, wanted) < tolerance, "\(name)")
      }
    }
  }

  @Test func blocksStayTogetherWhereNoLaneIsSpareBetweenThem() throws {
    let image = try waves([1, 3, 2, 3, 4], step: 0.37).converted(to: .float32)
    let weight = try waves([16, 3, 1, 1, 1], step: 0.9).converted(to: .float32)
    let full = try image.convolution(weight: weight)
    let joined = try Tensor.concatenated([full, image], axis: 1)
    #expect(joined.isBlocked && joined.shape == [1, 19, 2, 3, 4])
    #expect(try joined.floats() == full.floats() + image.floats())
  }

  @Test func changesInPlaceReachTheBlocks() throws {
    let (blocked, plain) = try images()
    for image in [blocked[0], plain[0]] {
      try image.add(plain[1], scaledBy: 0.5)
      try image.multiply(by: 2)
    }
    #expect(try bits(blocked[0]) == bits(plain[0]))
    try blocked[0].fill(with: 3)
    // Spare lanes that were filled too would be summed here.
    #expect(try (blocked[0] * blocked[0]).sum().item() == 9 * Double(2 * 11 * 60))
    try blocked[0].copyValues(from: plain[1])
    #expect(try bits(blocked[0]) == bits(plain[1]))
    try blocked[0].replaceStorage(device: .cpu, type: .float64)
    #expect(blocked[0].scalarType == .float64 && !blocked[0].isBlocked)
  }

  /// The numbers so that NaN equals NaN and nothing is rounded.
  private func bits(_ tensor: Tensor) throws -> [UInt32] {
    try tensor.floats().map { $0.isNaN ? Float.nan.bitPattern : ($0 + 0).bitPattern }
  }
}
