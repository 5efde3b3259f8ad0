public import Architecture
import Randomness

/// Reinforcement learning: a recurrent network writes candidates, and those that score above what was
/// usual so far become more likely.
///
/// The reward is the score; what is usual is its moving average, and the difference is measured in
/// standard deviations of all scores, so that it does not matter in which unit they are. Candidates
/// that fail count as the worst score so far. Codes that stand for nothing are drawn again; since the
/// advantage is zero on average, that leaves the direction of the gradient as it is.
///
/// Source: B. Zoph, Q. V. Le, "Neural Architecture Search with Reinforcement Learning", ICLR 2017,
/// section 3.2; R. Williams, "Simple Statistical Gradient-Following Algorithms for Connectionist
/// Reinforcement Learning", Machine Learning 8, 1992; the entropy bonus of R. Williams, J. Peng,
/// "Function Optimization Using Connectionist Reinforcement Learning Algorithms", 1991.
public struct PolicyGradient<Space: SearchSpace, Generator: RandomNumberGenerator>: Strategy {
  /// How the controller learns.
  public struct Settings: Hashable, Sendable {
    /// The units of the recurrent layer.
    public var hidden = 32

    /// The learning rate of Adam.
    public var rate = 0.01

    /// How much of the moving average each new score replaces.
    public var baselineShare = 0.1

    /// What a nat of entropy is worth, in standard deviations of the score.
    public var entropyWeight = 0.1

    /// After how many scores the weights change.
    public var batch = 1

    public init() {}
  }

  private let space: Space
  private let settings: Settings
  private var generator: Generator
  private var controller: CodeController
  private var adam: Adam
  private var gradient: [Double]
  private var waiting = 0
  private var baseline: Double?
  private var spread = RunningSpread()

  /// How often a code that stands for nothing is drawn again before a candidate is drawn uniformly.
  private static var patience: Int { 1_000 }

  public init(in space: Space, settings: Settings = Settings(), using generator: Generator) {
    precondition(settings.batch > 0 && settings.hidden > 0, "a batch and a hidden layer")
    self.space = space
    self.settings = settings
    var generator = generator
    controller = CodeController(
      places: space.places, hidden: settings.hidden, width: settings.hidden,
      isSettled: space.isSettled, using: &generator)
    self.generator = generator
    adam = Adam(count: controller.weights.count)
    gradient = Array(repeating: 0, count: controller.weights.count)
  }

  public mutating func propose() -> Space.Candidate? {
    for _ in 0..<Self.patience {
      let code = controller.sample(using: &generator)
      if let candidate = space.candidate(from: code) { return candidate }
    }
    return space.sample(using: &generator)
  }

  public mutating func observe(_ trial: Trial<Space.Candidate>) {
    guard let score = trial.estimate?.dice ?? spread.least,
      let code = space.code(of: trial.genotype)
    else { return }
    if trial.estimate != nil { spread.add(score) }
    let usual = baseline ?? score
    baseline = usual + settings.baselineShare * (score - usual)
    let deviation = spread.deviation
    let advantage = deviation > 0 ? (score - usual) / deviation : 0
    controller.addGradient(
      of: code, advantage: advantage, entropyWeight: settings.entropyWeight, to: &gradient)
    waiting += 1
    guard waiting == settings.batch else { return }
    adam.update(
      &controller.weights, against: gradient, scale: 1 / Double(waiting), rate: settings.rate)
    gradient = Array(repeating: 0, count: gradient.count)
    waiting = 0
  }
}

/// The least and the standard deviation of numbers that come one by one.
///
/// Source: B. Welford, "Note on a Method for Calculating Corrected Sums of Squares and Products",
/// Technometrics 4(3), 1962.
struct RunningSpread {
  private var count = 0.0
  private var mean = 0.0
  private var squares = 0.0
  private(set) var least: Double?

  mutating func add(_ value: Double) {
    count += 1
    let excess = value - mean
    mean += excess / count
    squares += excess * (value - mean)
    least = min(least ?? value, value)
  }

  /// Zero for fewer than two numbers.
  var deviation: Double { count > 1 ? (squares / (count - 1)).squareRoot() : 0 }
}
