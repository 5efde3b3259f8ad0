/// How often a classifier is right.
public struct ClassificationReport: Equatable, Codable, Sendable {
  public let samples: Int
  public let cases: Int

  /// The share of samples that are classified rightly: of each case, then the mean over the cases.
  public let accuracy: Double

  /// The ends of the bootstrap interval of the accuracy over the cases.
  public let interval: [Double]

  /// The mean over the classes that occur of the share of their samples that are found.
  public let balancedAccuracy: Double

  /// - Parameters:
  ///   - cases: The case of each sample; samples of one case are not independent.
  ///   - truth: The class of each sample, and what was predicted.
  /// - Precondition: There is a sample.
  public init(
    cases: [String], truth: [Int], predicted: [Int], bootstrap: Bootstrap = Bootstrap()
  ) {
    precondition(
      !cases.isEmpty && cases.count == truth.count && cases.count == predicted.count,
      "\(cases.count) cases of \(truth.count) samples with \(predicted.count) predictions")
    func shares(by keys: [String]) -> [Double] {
      var counts: [String: (right: Int, all: Int)] = [:]
      for (key, isRight) in zip(keys, zip(truth, predicted).map { $0 == $1 }) {
        counts[key, default: (0, 0)].all += 1
        counts[key, default: (0, 0)].right += isRight ? 1 : 0
      }
      return counts.sorted { $0.key < $1.key }.map { Double($1.right) / Double($1.all) }
    }
    let perCase = shares(by: cases)
    let interval = bootstrap.interval(ofMean: perCase)
    let perClass = shares(by: truth.map(String.init))
    samples = cases.count
    self.cases = perCase.count
    accuracy = perCase.reduce(0, +) / Double(perCase.count)
    self.interval = [interval.lowerBound, interval.upperBound]
    balancedAccuracy = perClass.reduce(0, +) / Double(perClass.count)
  }
}
