import Architecture
import Search

/// Every strategy on the table of fusions of the phantom, `datasets/phantom/fusions.csv`.
///
/// All 343 ways to choose which of three modalities are summed on each of three levels were trained
/// with two seeds. A search is shown the Dice of the first seed and pays with multiply-adds, counted in
/// trainings of the average genotype; what it has tried before is free. Reported are, of the genotype
/// with the best Dice that was seen, the **regret**, which is what the best of the table has more with
/// that seed; the Dice of the **other seed**, which the search did not see; and the **share** of genotypes
/// whose mean Dice of both seeds is higher. A schedule also knows trainings of a third of the steps, and
/// pays for both.
struct FusionReplay {
  private static let trainings = [10, 20, 40, 80]

  /// The most trials of one search, those that were tried before included.
  private static let longest = 100

  /// What the cheap training is of the whole one.
  private static let share = 1.0 / 3

  private let space: FusionCellSpace
  private let signal: TabularEstimator<Genotype>
  private let other: TabularEstimator<Genotype>
  private let fidelities: TabularFidelities<Genotype>
  private let seeds: UInt64

  /// The best Dice of the first seed.
  private let best: Double

  /// The mean Dice of both seeds of every genotype.
  private let means: [Double]

  init(table: String, seeds: UInt64) throws {
    space = try FusionCellSpace(
      modalities: ["ct", "mri", "ultrasound"], levels: 3, nodes: 1...1,
      vocabulary: CellVocabulary(operations: [.skip], combinations: [.sum]))
    func column(_ name: String, costing unit: Double) throws -> TabularEstimator<Genotype> {
      try TabularEstimator(
        readingFrom: table,
        columns: .init(
          candidate: "genotype", score: name, seconds: "multiply_adds", secondsFactor: unit,
          parameters: "parameters"))
    }
    let genotypes = CodeSequence(places: space.places).compactMap(space.candidate)
    let costs = try column("dice_1", costing: 1)
    let total = try genotypes.reduce(0) { try $0 + costs.estimate($1).seconds }
    let unit = Double(genotypes.count) / total
    let signal = try column("dice_1", costing: unit)
    let other = try column("dice_2", costing: unit)
    fidelities = TabularFidelities([
      Self.share: try column("dice_1_third", costing: unit * Self.share), 1: signal,
    ])
    self.seeds = seeds
    self.signal = signal
    self.other = other
    let scores = try genotypes.map {
      (first: try signal.estimate($0).dice, second: try other.estimate($0).dice)
    }
    best = scores.map(\.first).max() ?? 0
    means = scores.map { ($0.first + $0.second) / 2 }
  }

  /// - Parameter prefix: How the names of the strategies to run begin.
  func run(only prefix: String) throws {
    for contestant in Contestant.all(in: space) where contestant.name.hasPrefix(prefix) {
      let histories = try (1...seeds).map {
        try History(of: contestant.make($0), judgedBy: signal, trials: Self.longest)
      }
      for limit in Self.trainings {
        try write(contestant.name, parts: histories.map { $0.part(within: Double(limit)) }, limit)
      }
    }
    let schedules = ScheduledContestant.all(in: space, share: Self.share, reduction: 3)
    for contestant in schedules where contestant.name.hasPrefix(prefix) {
      for limit in Self.trainings {
        let parts = try (1...seeds).map { seed in
          try History(
            of: contestant.make(seed), judgedBy: fidelities, within: .seconds(Double(limit))
          ).part(within: Double(limit))
        }
        try write(contestant.name, parts: parts, limit)
      }
    }
  }

  private func write(
    _ name: String, parts: [ArraySlice<Trial<Genotype>>], _ limit: Int
  ) throws {
    let chosen = try parts.compactMap { trials -> (first: Double, second: Double)? in
      guard let genotype = trials.best()?.genotype else { return nil }
      return (try signal.estimate(genotype).dice, try other.estimate(genotype).dice)
    }
    func write(_ report: String, _ values: [Double]) throws {
      try Summary(
        name, budget: "trainings", limit: Double(limit), report: report, values: values,
        trials: parts.map(\.count)
      ).write()
    }
    try write("regret", chosen.map { best - $0.first })
    try write("other seed", chosen.map(\.second))
    try write(
      "share of better ones",
      chosen.map { dice in
        let mean = (dice.first + dice.second) / 2
        return Double(means.count { $0 > mean }) / Double(means.count)
      })
  }
}
