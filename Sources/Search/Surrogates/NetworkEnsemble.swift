import Randomness

/// A few small neural networks that start differently; where they disagree, they do not know.
///
/// Source: the ensemble of C. White, W. Neiswanger, Y. Savani, "BANANAS: Bayesian Optimization with
/// Neural Architectures for Neural Architecture Search", AAAI 2021, section 4; it is smaller here.
public struct NetworkEnsemble: Surrogate {
  private let seed: UInt64
  private let members: Int
  private let hidden: Int
  private let epochs: Int
  private var networks: [SmallNetwork] = []
  private var fittedTo = 0

  /// - Parameters:
  ///   - members: The number of networks.
  ///   - hidden: The units of each of the two hidden layers.
  ///   - epochs: How often each network sees all examples.
  ///   - seed: Of their first weights.
  public init(members: Int = 5, hidden: Int = 20, epochs: Int = 120, seed: UInt64) {
    precondition(members > 1 && hidden > 0 && epochs > 0, "two networks or more, and some training")
    self.members = members
    self.hidden = hidden
    self.epochs = epochs
    self.seed = seed
  }

  /// Trains all networks anew, but only when there is a tenth more to learn from than last time.
  public mutating func fit(_ features: [[Double]], scores: [Double]) {
    guard 10 * features.count >= 11 * fittedTo, let width = features.first?.count else { return }
    fittedTo = features.count
    networks = (0..<members).map { member in
      var generator = SplitMix64(seed: seed, stream: UInt64(member))
      var network = SmallNetwork(inputs: width, hidden: hidden, using: &generator)
      let drawn = features.map { _ in Int.random(in: features.indices, using: &generator) }
      network.train(
        on: drawn.map { features[$0] }, scores: drawn.map { scores[$0] }, epochs: epochs,
        using: &generator)
      return network
    }
  }

  public func predict(_ features: [Double]) -> (mean: Double, deviation: Double) {
    let guesses = networks.map { $0(features) }
    let mean = guesses.reduce(0, +) / Double(guesses.count)
    let squares = guesses.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return (mean, (squares / Double(guesses.count - 1)).squareRoot())
  }
}
