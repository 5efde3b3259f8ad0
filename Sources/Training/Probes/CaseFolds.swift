import Randomness

/// Cases dealt out to folds, so that no case is learnt from and judged.
struct CaseFolds {
  /// The cases of each fold.
  let folds: [Set<String>]

  /// - Parameters:
  ///   - count: At most this many folds, as many cases as there are at most.
  ///   - seed: The same seed and names give the same folds.
  init(_ names: [String], count: Int, seed: UInt64) {
    var generator = SplitMix64(seed: seed)
    let order = Set(names).sorted().shuffled(using: &generator)
    let count = min(count, order.count)
    folds = (0..<count).map { fold in
      Set(order.indices.filter { $0 % count == fold }.map { order[$0] })
    }
  }
}
