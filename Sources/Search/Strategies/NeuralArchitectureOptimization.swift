public import Architecture
import Randomness

/// Optimisation in a learnt continuous space: encode the best candidates, move them up the slope of
/// the expected score, and decode what lies there.
///
/// The first candidates are random. Then rounds follow: the networks learn some more from all scores,
/// and every one of the best candidates moves on until it decodes to one that is new. Where that gives
/// too few, random candidates fill the round. Encoder and decoder also learn from random candidates
/// that nobody has scored, as R. Luo et al., "Semi-Supervised Neural Architecture Search", NeurIPS
/// 2020, propose.
///
/// Source: R. Luo et al., "Neural Architecture Optimization", NeurIPS 2018, Algorithm 1.
public struct NeuralArchitectureOptimization<
  Space: SearchSpace, Generator: RandomNumberGenerator
>: Strategy {
  /// How the networks learn and what they propose.
  public struct Settings: Hashable, Sendable {
    /// The units of the networks' layers.
    public var hidden = 24

    /// How many candidates a round proposes.
    public var round = 10

    /// How often each round looks at all scores.
    public var epochs = 30

    /// What the error of the score counts beside that of the code.
    public var scoreWeight = 2.0

    /// The learning rate of Adam.
    public var rate = 0.005

    /// How far a point moves at a time, in units of the space.
    public var step = 0.1

    /// How often a point moves before it is given up.
    public var steps = 30

    public init() {}
  }

  private let space: Space
  private let settings: Settings
  private let initialSize: Int
  private var generator: Generator
  private var networks: CodeAutoencoder
  private var adam: Adam
  private var seen: Set<String> = []
  private var codes: [[Int]] = []
  private var scores: [Double] = []

  /// The candidates of the round that are still to be tried, the next one last.
  private var waiting: [Space.Candidate] = []

  private static var patience: Int { 1_000 }

  /// - Parameter initialSize: How many random candidates come first.
  public init(
    in space: Space, initialSize: Int, settings: Settings = Settings(), using generator: Generator
  ) {
    precondition(initialSize > 0 && settings.round > 0, "at least one candidate to begin with")
    self.space = space
    self.settings = settings
    self.initialSize = initialSize
    var generator = generator
    networks = CodeAutoencoder(places: space.places, hidden: settings.hidden, using: &generator)
    adam = Adam(count: networks.weights.count)
    self.generator = generator
  }

  public mutating func propose() -> Space.Candidate? {
    if scores.count >= initialSize, waiting.isEmpty {
      learn()
      waiting = nextRound().reversed()
    }
    if let next = waiting.popLast() { return next }
    return unseen()
  }

  public mutating func observe(_ trial: Trial<Space.Candidate>) {
    guard let estimate = trial.estimate, let code = space.code(of: trial.genotype) else { return }
    codes.append(code)
    scores.append(estimate.dice)
  }

  /// A random candidate that is new; it counts as seen from now on.
  private mutating func unseen() -> Space.Candidate? {
    for _ in 0..<Self.patience {
      let candidate = space.sample(using: &generator)
      if seen.insert(space.canonicalForm(of: candidate)).inserted { return candidate }
    }
    return nil
  }

  /// Trains on all scores and as many random codes without one.
  private mutating func learn() {
    let targets = NormalScores.of(scores)
    for _ in 0..<settings.epochs {
      for index in codes.indices.shuffled(using: &generator) {
        var gradient = networks.weights.map { 1e-5 * $0 }
        _ = networks.addGradient(
          of: codes[index], score: targets[index], scoreWeight: settings.scoreWeight, to: &gradient)
        if let code = space.code(of: space.sample(using: &generator)) {
          _ = networks.addGradient(of: code, score: nil, scoreWeight: 0, to: &gradient)
        }
        adam.update(&networks.weights, against: gradient, rate: settings.rate)
      }
    }
  }

  /// What the best candidates become on their way up, the most promising first.
  private mutating func nextRound() -> [Space.Candidate] {
    let ranking = scores.indices.sorted { scores[$0] > scores[$1] }
    var found: [(candidate: Space.Candidate, score: Double)] = []
    for index in ranking where found.count < settings.round {
      var point = networks.encode(codes[index])
      for _ in 0..<settings.steps {
        let slope = networks.ascent(at: point)
        let length = slope.dot(slope, from: 0).squareRoot()
        guard length > 0 else { break }
        point.add(slope, at: 0, times: settings.step / length)
        guard let candidate = space.candidate(from: networks.decode(point)),
          seen.insert(space.canonicalForm(of: candidate)).inserted
        else { continue }
        found.append((candidate, networks.score(of: point)))
        break
      }
    }
    while found.count < settings.round, let candidate = unseen() {
      found.append((candidate, -.infinity))
    }
    return found.sorted { $0.score > $1.score }.map(\.candidate)
  }
}
