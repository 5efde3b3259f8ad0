import Foundation
import TestSupport
import Testing
import Torch

/// Reference: PyTorch 2.15, `Tests/Reference/torch_values.py`.
struct TensorElementwiseTests {
  @Test func agreesWithFoundation() throws {
    let numbers = [0.25, 1, 2.5, 9]
    let tensor = try Tensor(numbers, shape: [4])
    expectClose(try tensor.exp().doubles(), numbers.map { Foundation.exp($0) }, within: 1e-11)
    expectClose(try tensor.log().doubles(), numbers.map { Foundation.log($0) }, within: 1e-14)
    expectClose(try tensor.squareRoot().doubles(), [0.5, 1, 2.5.squareRoot(), 3], within: 1e-15)
    expectClose(try tensor.power(1.5).doubles(), numbers.map { pow($0, 1.5) }, within: 1e-13)
  }

  @Test func handlesSigns() throws {
    let tensor = try Tensor([-2, -0.5, 0, 3], shape: [4])
    #expect(try tensor.negated().doubles() == [2, 0.5, 0, -3])
    #expect(try tensor.absolute().doubles() == [2, 0.5, 0, 3])
    #expect(try tensor.clamped(to: -1...1).doubles() == [-1, -0.5, 0, 1])
    #expect(try tensor.leakyReLU(slope: 0.5).doubles() == [-1, -0.25, 0, 3])
  }

  @Test func clampsOnOneSideWithAnInfiniteRange() throws {
    let tensor = try Tensor([-2, 5] as [Float], shape: [2])
    #expect(try tensor.clamped(to: 0...Double.infinity).floats() == [0, 5])
  }

  @Test func agreesWithPyTorch() throws {
    let image = try waves([2, 4, 5, 6, 7], step: 0.37)
    try expect(
      image.leakyReLU(slope: 0.01),
      startsWith: [0.0, 0.361615431964962, 0.674287911628145, 0.8956986856800476],
      norm: 20.501528049116523)
    try expect(
      image.sigmoid(),
      startsWith: [0.5, 0.5894314282588312, 0.662462628438057, 0.710064779812127],
      norm: 21.60480833092316)
  }

  @Test func gradientsAgreeWithFiniteDifferences() throws {
    let point = try waves([5], step: 0.8) + 1.5
    try expectGradient(at: point) { try $0.negated() }
    try expectGradient(at: point) { try $0.exp() }
    try expectGradient(at: point) { try $0.log() }
    try expectGradient(at: point) { try $0.squareRoot() }
    try expectGradient(at: point) { try $0.power(2.5) }
    let signed = try waves([6], step: 0.9) + 0.1
    try expectGradient(at: signed) { try $0.absolute() }
    try expectGradient(at: signed) { try $0.sigmoid() }
    try expectGradient(at: signed) { try $0.leakyReLU(slope: 0.01) }
    try expectGradient(at: signed) { try $0.clamped(to: -0.5...0.5) }
  }
}
