import Randomness
import Testing

@testable import Training

struct IntensityChangeTests {
  private static let draws = 20_000

  /// What is drawn for three modalities, again and again.
  private let changes: [[IntensityChange]] = {
    var generator = SplitMix64(seed: 8)
    return (0..<draws).map { _ in IntensityChange.random(count: 3, using: &generator) }
  }()

  /// Checks how often a change happens to any modality and to the first, within five deviations.
  private func expectShares(
    any: Double, first: Double, _ happens: (IntensityChange) -> Bool,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let count = Double(Self.draws)
    for (share, found) in [
      (any, changes.filter { $0.contains(where: happens) }.count),
      (first, changes.filter { happens($0[0]) }.count),
    ] {
      let deviation = (share * (1 - share) * count).squareRoot()
      #expect(abs(Double(found) - share * count) <= 5 * deviation, sourceLocation: sourceLocation)
    }
  }

  @Test func changesHappenWithNNUNetsProbabilities() {
    expectShares(any: 0.1, first: 0.1) { $0.noise != nil }
    // Of the modalities of a blurred or coarser patch each has one chance in two.
    expectShares(any: 0.2 * 7 / 8, first: 0.1) { $0.blur != nil }
    expectShares(any: 0.25 * 7 / 8, first: 0.125) { $0.resolution != nil }
    expectShares(any: 0.15, first: 0.15) { $0.brightness != 1 }
    expectShares(any: 0.15, first: 0.15) { $0.contrast != nil }
    expectShares(any: 0.1, first: 0.1) { $0.invertedGamma != nil }
    expectShares(any: 0.3, first: 0.3) { $0.gamma != nil }
    expectShares(any: 0, first: 0) { $0.shift != 0 }
  }

  /// The values that `parameter` takes in the first and the second modality.
  private func values(_ parameter: (IntensityChange) -> Double?) -> [[Double]] {
    (0..<2).map { modality in changes.compactMap { parameter($0[modality]) } }
  }

  /// Checks a range that is reached at both ends, and the mean within five standard errors; no two
  /// modalities share their numbers.
  private func expectDraws(
    from range: Range<Double>, mean: Double, deviation: Double,
    _ parameter: (IntensityChange) -> Double?, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let found = values(parameter)
    for list in found {
      let slack = 0.02 * (range.upperBound - range.lowerBound)
      #expect(list.allSatisfy { range.contains($0) }, sourceLocation: sourceLocation)
      #expect(
        list.contains { $0 < range.lowerBound + slack }
          && list.contains { $0 > range.upperBound - slack }, sourceLocation: sourceLocation)
      let average = list.reduce(0, +) / Double(list.count)
      let error = deviation / Double(list.count).squareRoot()
      #expect(abs(average - mean) < 5 * error, sourceLocation: sourceLocation)
    }
    #expect(Set(found[0]).isDisjoint(with: found[1]), sourceLocation: sourceLocation)
  }

  @Test func parametersHaveNNUNetsRanges() {
    expectDraws(from: 0..<0.1, mean: 0.05, deviation: 0.029) { $0.noise?.deviation }
    expectDraws(from: 0.5..<1, mean: 0.75, deviation: 0.145) { $0.blur?.y }
    expectDraws(from: 0.5..<1, mean: 0.75, deviation: 0.145) { $0.resolution }
    expectDraws(from: 0.75..<1.25, mean: 1, deviation: 0.145) {
      $0.brightness == 1 ? nil : $0.brightness
    }
    expectDraws(from: 0.75..<1.25, mean: 1, deviation: 0.145) { $0.contrast }
    // Half below 1, mean 0.85, and half above, mean 1.25.
    expectDraws(from: 0.7..<1.5, mean: 1.05, deviation: 0.24) { $0.gamma }
    expectDraws(from: 0.7..<1.5, mean: 1.05, deviation: 0.24) { $0.invertedGamma }
  }

  @Test func shiftsHaveTheirProbabilityAndSpread() {
    var generator = SplitMix64(seed: 9)
    let shifts = (0..<10_000).compactMap { _ in
      IntensityChange.random(count: 1, shifting: 0.3, using: &generator)
        .first.flatMap { $0.shift == 0 ? nil : $0.shift }
    }
    #expect(abs(shifts.count - 3000) < 230)
    let squares = shifts.map { $0 * $0 }.reduce(0, +) / Double(shifts.count)
    #expect(abs(squares - 0.25) < 5 * 0.25 * (2 / Double(shifts.count)).squareRoot())
  }
}
