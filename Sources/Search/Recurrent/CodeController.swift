import Foundation
import Randomness

/// A recurrent network that writes codes, choice after choice, each from a distribution that depends
/// on the choices before it.
///
/// Every step reads a vector that stands for the choice before it, and has its own linear map to the
/// logarithms of the chances of its choices.
///
/// Source: B. Zoph, Q. V. Le, "Neural Architecture Search with Reinforcement Learning", ICLR 2017,
/// section 3.1.
struct CodeController {
  let places: [Int]
  private let lstm: LSTM
  private let heads: [DenseLayer]

  private let vectors: ChoiceVectors

  /// Whether nothing but the first choice is left at the next place, given those before it: it is then not
  /// drawn, and nothing is learnt from it.
  private let isSettled: ([Int]) -> Bool

  /// All weights in one array.
  var weights: [Double]

  /// - Parameters:
  ///   - places: The number of choices at each place.
  ///   - hidden: The units of the recurrent layer.
  ///   - width: The length of the vector that stands for a choice.
  ///   - isSettled: As ``SearchSpace/isSettled(after:)`` says.
  init(
    places: [Int], hidden: Int, width: Int, isSettled: @escaping ([Int]) -> Bool = { _ in false },
    using generator: inout some RandomNumberGenerator
  ) {
    self.isSettled = isSettled
    self.places = places
    lstm = LSTM(inputs: width, hidden: hidden, offset: 0)
    vectors = ChoiceVectors(places: places, width: width, offset: lstm.end)
    heads = DenseLayer.heads(for: places, hidden: hidden, offset: vectors.end)
    weights = Array(repeating: 0, count: heads.last?.end ?? vectors.end)
    lstm.draw(into: &weights, using: &generator)
    vectors.draw(into: &weights, using: &generator)
    for head in heads { head.draw(into: &weights, using: &generator) }
  }

  /// Draws a code.
  func sample(using generator: inout some RandomNumberGenerator) -> [Int] {
    var code: [Int] = []
    var state = LSTM.State.zero(lstm.hidden)
    for place in places.indices {
      state =
        lstm.step(
          vectors.vector(before: place, of: code, weights), from: state, weights
        ).after
      guard !isSettled(code) else {
        code.append(0)
        continue
      }
      var mark = generator.uniform(0..<1)
      let chances = DenseLayer.softmax(heads[place](state.output, weights))
      let choice = chances.firstIndex {
        mark -= $0
        return mark < 0
      }
      // The chances may add up to a little less than one.
      code.append(choice ?? places[place] - 1)
    }
    return code
  }

  /// What a code's chance is, and how undecided the network was on the way, in nats.
  func describe(_ code: [Int]) -> (logChance: Double, entropy: Double) {
    let distributions = distributions(along: code).chances
    let logChance = zip(code, distributions).reduce(0) { $0 + log($1.1[$1.0]) }
    return (logChance, distributions.reduce(0) { $0 + Self.entropy($1) })
  }

  /// Adds the gradient of −advantage · log chance(code) − weight · entropy to `gradient`.
  func addGradient(
    of code: [Int], advantage: Double, entropyWeight: Double, to gradient: inout [Double]
  ) {
    let (steps, distributions) = distributions(along: code)
    var slope = LSTM.State.zero(lstm.hidden)
    for place in places.indices.reversed() {
      let chances = distributions[place]
      let entropy = Self.entropy(chances)
      let logits = chances.enumerated().map { choice, chance in
        advantage * (chance - (choice == code[place] ? 1 : 0))
          + (chance > 0 ? entropyWeight * chance * (log(chance) + entropy) : 0)
      }
      let fromHead = heads[place].back(
        logits, from: steps[place].after.output, weights, to: &gradient)
      slope.output.add(fromHead, at: 0, times: 1)
      let below = lstm.back(slope, through: steps[place], weights, to: &gradient)
      gradient.add(below.input, at: vectors.offset(before: place, of: code), times: 1)
      slope = below.before
    }
  }

  private func distributions(along code: [Int]) -> (steps: [LSTM.Step], chances: [[Double]]) {
    precondition(code.count == places.count, "\(code.count) choices for \(places.count) places")
    var steps: [LSTM.Step] = []
    var chances: [[Double]] = []
    var state = LSTM.State.zero(lstm.hidden)
    for place in places.indices {
      let step = lstm.step(
        vectors.vector(before: place, of: code, weights), from: state, weights)
      state = step.after
      steps.append(step)
      chances.append(
        isSettled(Array(code[..<place]))
          ? (0..<places[place]).map { $0 == 0 ? 1 : 0 }
          : DenseLayer.softmax(heads[place](state.output, weights)))
    }
    return (steps, chances)
  }

  private static func entropy(_ chances: [Double]) -> Double {
    chances.reduce(0) { $1 > 0 ? $0 - $1 * log($1) : $0 }
  }
}
