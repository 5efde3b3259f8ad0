import Foundation
import Randomness

/// Maps codes into a continuous space and back, and guesses scores there.
///
/// An encoder reads a code choice by choice; the mean of its outputs is the code's point. A predictor
/// with one hidden layer guesses the score of a point. A decoder, which reads the point beside the
/// choice before at every step, writes the code again.
///
/// Source: R. Luo et al., "Neural Architecture Optimization", NeurIPS 2018, section 3; the decoder
/// reads the mean in place of an attention over the encoder's outputs.
struct CodeAutoencoder {
  let places: [Int]
  private let hidden: Int
  private let encoderVectors: ChoiceVectors
  private let encoder: LSTM
  private let predictor: (first: DenseLayer, last: DenseLayer)
  private let decoderVectors: ChoiceVectors
  private let decoder: LSTM
  private let heads: [DenseLayer]

  /// All weights in one array.
  var weights: [Double]

  /// - Parameters:
  ///   - places: The number of choices at each place of a code.
  ///   - hidden: The units of the recurrent layers, and the length of a point.
  init(places: [Int], hidden: Int, using generator: inout some RandomNumberGenerator) {
    self.places = places
    self.hidden = hidden
    encoderVectors = ChoiceVectors(places: places, width: hidden, offset: 0)
    encoder = LSTM(inputs: hidden, hidden: hidden, offset: encoderVectors.end)
    let first = DenseLayer(inputs: hidden, outputs: hidden, offset: encoder.end)
    predictor = (first, DenseLayer(inputs: hidden, outputs: 1, offset: first.end))
    decoderVectors = ChoiceVectors(places: places, width: hidden, offset: predictor.last.end)
    decoder = LSTM(inputs: 2 * hidden, hidden: hidden, offset: decoderVectors.end)
    heads = DenseLayer.heads(for: places, hidden: hidden, offset: decoder.end)
    weights = Array(repeating: 0, count: heads.last?.end ?? decoder.end)
    encoderVectors.draw(into: &weights, using: &generator)
    decoderVectors.draw(into: &weights, using: &generator)
    for lstm in [encoder, decoder] { lstm.draw(into: &weights, using: &generator) }
    for layer in [predictor.first, predictor.last] + heads {
      layer.draw(into: &weights, using: &generator)
    }
  }

  /// The point of a code.
  func encode(_ code: [Int]) -> [Double] { mean(of: steps(reading: code)) }

  /// The score that a point is expected to have.
  func score(of point: [Double]) -> Double {
    predictor.last(predictor.first(point, weights).map(tanh), weights)[0]
  }

  /// In which direction the expected score rises, and how steeply.
  func ascent(at point: [Double]) -> [Double] {
    let bent = predictor.first(point, weights).map(tanh)
    let slopes = zip(predictor.last.inputGradient([1], weights), bent).map { $0 * (1 - $1 * $1) }
    return predictor.first.inputGradient(slopes, weights)
  }

  /// The code of a point: at every place the likeliest choice.
  func decode(_ point: [Double]) -> [Int] {
    var code: [Int] = []
    var state = LSTM.State.zero(hidden)
    for place in places.indices {
      let input = decoderVectors.vector(before: place, of: code, weights) + point
      state = decoder.step(input, from: state, weights).after
      let logits = heads[place](state.output, weights)
      code.append(logits.indices.max { logits[$0] < logits[$1] } ?? 0)
    }
    return code
  }

  /// The loss of one code, its gradient added to `gradient`: `scoreWeight` times half the squared
  /// error of the score, where there is one, and minus the logarithm of the code's chance to be
  /// decoded again, over the number of places.
  func addGradient(
    of code: [Int], score: Double?, scoreWeight: Double, to gradient: inout [Double]
  ) -> Double {
    let reading = steps(reading: code)
    let point = mean(of: reading)
    var slope = [Double](repeating: 0, count: hidden)
    var loss = addDecoderGradient(of: code, from: point, to: &gradient, pointSlope: &slope)
    if let score {
      let bent = predictor.first(point, weights).map(tanh)
      let error = predictor.last(bent, weights)[0] - score
      loss += scoreWeight * error * error / 2
      let above = predictor.last.back([scoreWeight * error], from: bent, weights, to: &gradient)
      let slopes = zip(above, bent).map { $0 * (1 - $1 * $1) }
      let below = predictor.first.back(slopes, from: point, weights, to: &gradient)
      slope.add(below, at: 0, times: 1)
    }
    addEncoderGradient(of: code, through: reading, pointSlope: slope, to: &gradient)
    return loss
  }

  private func steps(reading code: [Int]) -> [LSTM.Step] {
    precondition(code.count == places.count, "\(code.count) choices for \(places.count) places")
    var steps: [LSTM.Step] = []
    var state = LSTM.State.zero(hidden)
    for place in places.indices {
      let input = encoderVectors.vector(at: place, of: code, weights)
      steps.append(encoder.step(input, from: state, weights))
      state = steps[place].after
    }
    return steps
  }

  private func mean(of steps: [LSTM.Step]) -> [Double] {
    var mean = [Double](repeating: 0, count: hidden)
    for step in steps { mean.add(step.after.output, at: 0, times: 1 / Double(steps.count)) }
    return mean
  }

  private func addDecoderGradient(
    of code: [Int], from point: [Double], to gradient: inout [Double], pointSlope: inout [Double]
  ) -> Double {
    var steps: [LSTM.Step] = []
    var state = LSTM.State.zero(hidden)
    for place in places.indices {
      let input = decoderVectors.vector(before: place, of: code, weights) + point
      steps.append(decoder.step(input, from: state, weights))
      state = steps[place].after
    }
    var loss = 0.0
    var slope = LSTM.State.zero(hidden)
    let share = 1 / Double(places.count)
    for place in places.indices.reversed() {
      let output = steps[place].after.output
      var chances = DenseLayer.softmax(heads[place](output, weights))
      loss -= share * log(max(chances[code[place]], .leastNormalMagnitude))
      chances[code[place]] -= 1
      let fromHead = heads[place].back(
        chances.map { $0 * share }, from: output, weights, to: &gradient)
      slope.output.add(fromHead, at: 0, times: 1)
      let below = decoder.back(slope, through: steps[place], weights, to: &gradient)
      gradient.add(
        Array(below.input[..<hidden]), at: decoderVectors.offset(before: place, of: code), times: 1)
      pointSlope.add(below.input, from: hidden, times: 1)
      slope = below.before
    }
    return loss
  }

  private func addEncoderGradient(
    of code: [Int], through steps: [LSTM.Step], pointSlope: [Double], to gradient: inout [Double]
  ) {
    var slope = LSTM.State.zero(hidden)
    for place in places.indices.reversed() {
      slope.output.add(pointSlope, at: 0, times: 1 / Double(places.count))
      let below = encoder.back(slope, through: steps[place], weights, to: &gradient)
      gradient.add(below.input, at: encoderVectors.offset(at: place, of: code), times: 1)
      slope = below.before
    }
  }
}
