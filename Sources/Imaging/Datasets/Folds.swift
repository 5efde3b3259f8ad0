import Randomness

/// One way to divide the labelled cases: what to train on, and what to validate on.
public struct Fold: Hashable, Sendable {
  /// The names of the cases to train on.
  public let training: [String]

  /// The names of the cases to validate on; none of them is in `training`.
  public let validation: [String]

  /// A division of cases, by name.
  public init(training: [String], validation: [String]) {
    self.training = training
    self.validation = validation
  }
}

extension Dataset {
  /// Divides the labelled cases for cross-validation: each is in the validation part of one fold, and
  /// all cases of a patient are in the same.
  ///
  /// A split in the description wins over `count` and `seed`: each of its lists is the validation
  /// part of one fold, and all other labelled cases are the training part. Test cases are in
  /// neither. With fewer patients than folds there are as many folds as patients, and a single one is
  /// trained on without validation.
  ///
  /// - Parameters:
  ///   - count: How many folds, at least 2.
  ///   - seed: The name of the shuffle. The same cases and seed give the same folds anywhere.
  public func folds(count: Int = 5, seed: UInt64 = 12345) -> [Fold] {
    precondition(count >= 2, "\(count) folds cannot divide cases; at least 2 are needed")
    let cases = labelledCases
    if let fixedFolds {
      return fixedFolds.map { Self.fold(of: cases, validatingOn: Set($0)) }
    }
    let patients = cases.patients
    guard patients.count > 1 else {
      return cases.isEmpty ? [] : [Fold(training: cases.map(\.name), validation: [])]
    }
    var generator = SplitMix64(seed: seed)
    let shuffled = patients.shuffled(using: &generator)
    let count = min(count, patients.count)
    return (0..<count).map { index in
      let part = stride(from: index, to: shuffled.count, by: count).map { shuffled[$0] }
      return Self.fold(of: cases, validatingOn: Set(part))
    }
  }

  private static func fold(of cases: [CaseFiles], validatingOn patients: Set<String>) -> Fold {
    Fold(
      training: cases.filter { !patients.contains($0.patient) }.map(\.name),
      validation: cases.filter { patients.contains($0.patient) }.map(\.name))
  }
}

extension [CaseFiles] {
  /// Whom the cases show, each patient once, in the order of the cases.
  public var patients: [String] {
    var seen: Set<String> = []
    return map(\.patient).filter { seen.insert($0).inserted }
  }
}
