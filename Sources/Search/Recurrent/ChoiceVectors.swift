import Foundation
import Randomness

/// A learnt vector for every choice at every place of a code, and one for the start; a part of the
/// flat array of a network's weights.
struct ChoiceVectors {
  let places: [Int]

  /// The length of a vector.
  let width: Int

  /// Where the vectors of each place begin; the start's come first.
  private let starts: [Int]

  /// The place after the last number.
  let end: Int

  init(places: [Int], width: Int, offset: Int) {
    self.places = places
    self.width = width
    var end = offset
    starts = ([1] + places).map { choices in
      defer { end += choices * width }
      return end
    }
    self.end = end
  }

  /// Where the vector of the choice at the place before begins; before the first place, the start's.
  func offset(before place: Int, of code: [Int]) -> Int {
    place == 0 ? starts[0] : offset(at: place - 1, of: code)
  }

  /// Where the vector of the choice at a place begins.
  func offset(at place: Int, of code: [Int]) -> Int {
    starts[place + 1] + code[place] * width
  }

  func vector(before place: Int, of code: [Int], _ weights: [Double]) -> [Double] {
    let start = offset(before: place, of: code)
    return Array(weights[start..<(start + width)])
  }

  func vector(at place: Int, of code: [Int], _ weights: [Double]) -> [Double] {
    let start = offset(at: place, of: code)
    return Array(weights[start..<(start + width)])
  }

  func draw(into weights: inout [Double], using generator: inout some RandomNumberGenerator) {
    for index in starts[0]..<end { weights[index] = generator.uniform(-0.1..<0.1) }
  }
}

extension DenseLayer {
  /// One layer after another in the array, from the hidden units to the choices of each place.
  static func heads(for places: [Int], hidden: Int, offset: Int) -> [DenseLayer] {
    var end = offset
    return places.map { choices in
      let head = DenseLayer(inputs: hidden, outputs: choices, offset: end)
      end = head.end
      return head
    }
  }

  /// Positive numbers that add up to one and whose logarithms differ as the given ones do.
  static func softmax(_ logits: [Double]) -> [Double] {
    let most = logits.max() ?? 0
    let powers = logits.map { exp($0 - most) }
    let sum = powers.reduce(0, +)
    return powers.map { $0 / sum }
  }
}
