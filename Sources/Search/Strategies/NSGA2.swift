public import Architecture

/// Evolution for several wishes at once: it looks for the whole front of best compromises.
///
/// Parents are chosen by tournaments of two, by the rank of their front and then by the room around
/// them; children are mixtures of two parents with a mutation. After each generation the best half
/// of old and new lives on. A candidate that fails never joins the population.
///
/// Source: K. Deb et al., "A Fast and Elitist Multiobjective Genetic Algorithm: NSGA-II", IEEE
/// Transactions on Evolutionary Computation 6(2), 2002, section III.
public struct NSGA2<Space: SearchSpace, Generator: RandomNumberGenerator>: Strategy {
  private struct Member {
    let candidate: Space.Candidate
    let costs: [Double]
    var rank = 0
    var crowding = 0.0

    func isBetter(than other: Member) -> Bool {
      rank == other.rank ? crowding > other.crowding : rank < other.rank
    }
  }

  private let space: Space
  private let objectives: [Objective]
  private let populationSize: Int
  private var generator: Generator
  private var population: [Member] = []
  private var children: [Member] = []
  private var seen: Set<Space.Candidate> = []

  /// A child that was tried before is drawn again, so many times.
  private static var patience: Int { 50 }

  /// - Parameters:
  ///   - objectives: What is wished for, such as Dice and few parameters.
  ///   - populationSize: How many live; as many random candidates come first.
  /// - Precondition: An objective or more, and two candidates or more.
  public init(
    in space: Space, objectives: [Objective], populationSize: Int, using generator: Generator
  ) {
    precondition(
      !objectives.isEmpty && populationSize > 1,
      "\(objectives.count) objectives and a population of \(populationSize)")
    self.space = space
    self.objectives = objectives
    self.populationSize = populationSize
    self.generator = generator
  }

  public mutating func propose() -> Space.Candidate? {
    var candidate = draw()
    for _ in 0..<Self.patience where seen.contains(candidate) { candidate = draw() }
    seen.insert(candidate)
    return candidate
  }

  public mutating func observe(_ trial: Trial<Space.Candidate>) {
    guard let estimate = trial.estimate else { return }
    children.append(Member(candidate: trial.genotype, costs: objectives.costs(of: estimate)))
    guard children.count == populationSize else { return }
    population = Self.survivors(of: population + children, count: populationSize)
    children = []
  }

  private mutating func draw() -> Space.Candidate {
    guard !population.isEmpty else { return space.sample(using: &generator) }
    let parents = (winner(), winner())
    let child = space.crossover(parents.0.candidate, parents.1.candidate, using: &generator)
    return space.mutate(child, using: &generator)
  }

  /// The better of two random members.
  private mutating func winner() -> Member {
    let first = population[Int.random(in: population.indices, using: &generator)]
    let second = population[Int.random(in: population.indices, using: &generator)]
    return first.isBetter(than: second) ? first : second
  }

  /// The members of the best fronts, and of the last one those with most room around them.
  private static func survivors(of all: [Member], count: Int) -> [Member] {
    var rest = all
    var kept: [Member] = []
    var rank = 0
    while kept.count < count, !rest.isEmpty {
      let costs = rest.map(\.costs)
      let isBeaten = costs.map { cost in costs.contains { $0.dominates(cost) } }
      var front = zip(rest, isBeaten).filter { !$1 }.map(\.0)
      for (index, crowding) in crowding(of: front.map(\.costs)).enumerated() {
        front[index].rank = rank
        front[index].crowding = crowding
      }
      kept += front
      rest = zip(rest, isBeaten).filter { $1 }.map(\.0)
      rank += 1
    }
    return Array(kept.sorted { $0.isBetter(than: $1) }.prefix(count))
  }

  /// The room around each point of a front: the distance of its neighbours along every objective,
  /// as a part of the whole extent; the ends have infinite room.
  static func crowding(of costs: [[Double]]) -> [Double] {
    var room = costs.map { _ in 0.0 }
    for objective in costs.first?.indices ?? 0..<0 {
      let order = costs.indices.sorted { costs[$0][objective] < costs[$1][objective] }
      guard let first = order.first, let last = order.last else { continue }
      let extent = costs[last][objective] - costs[first][objective]
      room[first] = .infinity
      room[last] = .infinity
      guard extent > 0, order.count > 2 else { continue }
      for place in 1..<(order.count - 1) {
        let gap = costs[order[place + 1]][objective] - costs[order[place - 1]][objective]
        room[order[place]] += gap / extent
      }
    }
    return room
  }
}
