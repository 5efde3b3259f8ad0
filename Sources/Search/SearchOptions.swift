public import Architecture

/// How a search is run.
public struct SearchOptions: Codable, Hashable, Sendable {
  public var strategy = StrategyName.random

  /// How the work is shared out among the genotypes.
  public var scheduler = SchedulerName.full

  /// How many shares of the work `asha` and `hyperband` know, the last of them all of it.
  public var rungs = 3

  /// Of how many genotypes they let one go on, and by what the shares differ.
  public var reduction = 3.0

  /// The number of trainings to try, those of the same genotype with more work included.
  public var trials = 16

  /// The seconds of estimating after which no genotype is tried any more; 0: no limit.
  public var seconds = 0.0

  /// How many genotypes evolution keeps alive, and with how many random ones it begins; Bayesian
  /// optimisation begins with as many.
  public var population = 10

  /// Of how many members of the population `evolution` takes the best as parent.
  public var sample = 3

  /// How many children of `evolution` and `tournament` are mixtures of two parents, 0 to 1; those of
  /// `nsga2` all are.
  public var crossover = 0.0

  /// What `nsga2` wants few of, beside a high Dice.
  public var objective = Objective.parameters

  /// Which networks there are to choose from.
  public var space = SpaceName.fusionCells

  /// What a chain may be made of.
  public var chains = ChainOptions()

  /// What a branched network may be made of.
  public var branches = BranchOptions()

  /// The most nodes of a fusion cell, 1 to 4.
  public var nodes = 2

  /// Whether all levels of the pyramid have the same cell.
  public var sharedCell = true

  /// What the edges of a fusion cell may do.
  public var operations = CellVocabulary.standard.operations

  /// How a node of a fusion cell may join its edges.
  public var combinations = CellVocabulary.standard.combinations

  /// Whether cells may be joint, coordinated, or either.
  public var representations = [Representation.Kind.joint]

  /// By what coordinated cells may be tied.
  public var constraints = Constraint.allCases

  /// With which weights.
  public var weights = [0.1]

  /// From which subsets of the modalities a network is scored.
  public var subsets = SubsetScore.full

  /// How each genotype is judged.
  public var estimator = EstimatorName.training

  /// The milliseconds that one patch may take through a genotype's network; 0: no limit.
  public var latencyLimit = 0.0

  /// The weights that a genotype's network may have; 0: no limit.
  public var parameterLimit = 0

  /// The multiply-adds that one patch may take; 0: no limit.
  public var multiplyAddLimit = 0.0

  /// The MiB that a step of a genotype's training may take at its peak, as foretold; 0: no limit.
  public var memoryLimit = 0.0

  /// Whether a child of `tournament` begins with the weights of its parent.
  public var inheritsWeights = false

  /// The supernet of estimators that share weights, and of strategies that follow gradients.
  public var supernet = SupernetOptions()

  /// What judges networks that are not trained: genotypes, or which of them become trials.
  public var proxy = ProxyOptions()

  /// How thoroughly each genotype is judged.
  public var fidelity = Fidelity()

  /// Whether trainings that will hardly beat the best are stopped.
  public var stopsHopeless = false

  /// With how many fresh seeds the winner and each baseline are trained for the report.
  public var seeds = 2

  /// Whether the baselines of the report are measured.
  public var baselines = true

  public init() {}

  /// Whether latencies are to be measured.
  var needsLatency: Bool { latencyLimit > 0 || strategy == .nsga2 && objective == .latency }

  /// What the score of a trial is called.
  public var scoreTitle: String { estimator == .proxy ? proxy.name.rawValue : "Dice" }

  /// When the search ends.
  var budget: SearchBudget {
    SearchBudget(trials: trials, seconds: seconds > 0 ? seconds : .infinity)
  }
}

/// How much work an estimate is given: less of everything is cheaper and less certain.
///
/// Source: the "low fidelity" estimates of T. Elsken et al., "Neural Architecture Search: A Survey",
/// JMLR 20, 2019.
public struct Fidelity: Codable, Hashable, Sendable {
  /// The cases to learn from; 0: all that are left.
  public var cases = 0

  /// The cases to measure Dice on, none of them learnt from.
  public var validationCases = 4

  /// Steps of training.
  public var steps = 100

  /// The channels of the finest level.
  public var baseChannels = 8

  public init() {}
}
