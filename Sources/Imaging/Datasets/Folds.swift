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
  /// Divides the labelled cases for cross-validation: each is in the validation part of one fold.
  ///
  /// A split in the description wins over `count` and `seed`: each of its lists is the validation
  /// part of one fold, and all other labelled cases are the training part. Test cases are in
  /// neither. With fewer cases than folds there are as many folds as cases, and a single case is
  /// trained on without validation.
  ///
  /// - Parameters:
  ///   - count: How many folds, at least 2.
  ///   - seed: The name of the shuffle. The same cases and seed give the same folds anywhere.
  public func folds(count: Int = 5, seed: UInt64 = 12345) -> [Fold] {
    precondition(count >= 2, "\(count) folds cannot divide cases; at least 2 are needed")
    let names = labelledCases.map(\.name)
    if let fixedFolds {
      return fixedFolds.map { Self.fold(of: names, validatingOn: Set($0)) }
    }
    guard names.count > 1 else {
      return names.isEmpty ? [] : [Fold(training: names, validation: [])]
    }
    var generator = SplitMix64(seed: seed)
    let shuffled = names.shuffled(using: &generator)
    let count = min(count, names.count)
    return (0..<count).map { index in
      let part = stride(from: index, to: shuffled.count, by: count).map { shuffled[$0] }
      return Self.fold(of: names, validatingOn: Set(part))
    }
  }

  private static func fold(of names: [String], validatingOn part: Set<String>) -> Fold {
    Fold(
      training: names.filter { !part.contains($0) }, validation: names.filter(part.contains))
  }
}
