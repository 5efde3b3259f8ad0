import Architecture
import Dispatch
import Networks
import Randomness
import Torch
import Training

/// Measures how long the parts of a space's networks take, and how well their sum foretells whole ones.
struct LatencyMeter {
  let space: FusionCellSpace
  let plan: Plan
  let device: Device
  let seed: UInt64

  /// How often each part is run; the median counts.
  var repeats = 7

  /// How many whole networks the constant is made from, and on how many others the table is checked.
  var networks = (constant: 8, check: 16)

  private var levels: [Topology.Level] { plan.topology.levels }

  init(space: FusionCellSpace, plan: Plan, device: Device, seed: UInt64) {
    self.space = space
    self.plan = plan
    self.device = device
    self.seed = seed
  }

  /// Measures everything.
  ///
  /// - Parameter date: What is written down as the day.
  func table(
    under conditions: LatencyTable.Conditions, date: String
  ) throws -> LatencyTable {
    let milliseconds = try parts()
    var generator = SplitMix64(seed: seed, stream: RandomStream.latency)
    func sampled(_ count: Int) throws -> [(sum: Double, measured: Double)] {
      try (0..<count).map { _ in
        let genotype = space.sample(using: &generator)
        let sum = try LatencyTable.sum(of: genotype, levels: levels.count, in: milliseconds)
        return (sum, try latency(of: genotype))
      }
    }
    let first = try sampled(networks.constant)
    let constant = Self.median(first.map { $0.measured - $0.sum })
    let others = try sampled(networks.check)
    let errors = others.map { abs($0.sum + constant - $0.measured) / $0.measured }
    return LatencyTable(
      conditions: conditions, date: date, milliseconds: milliseconds, constant: constant,
      check: .init(
        networks: others.count, meanRelativeError: errors.reduce(0, +) / Double(errors.count),
        rankCorrelation: RankCorrelation.spearman(
          others.map(\.sum), others.map(\.measured))))
  }

  /// The latency of one patch through a whole network, in milliseconds.
  func latency(of genotype: Genotype) throws -> Double {
    let network = try TrainingRun.makeNetwork(.fused(genotype), plan: plan, seed: seed)
    try network.moveWeights(to: device, type: .float32)
    let image = try Tensor.ones([1, 1] + plan.patchShape, device: device)
    let inputs = genotype.modalities.map { _ in image }
    return try median { _ = try network(inputs)[0].floats() }
  }

  /// Every part that a network of the space may have.
  private func parts() throws -> [String: Double] {
    var generator = SplitMix64(seed: seed)
    var milliseconds: [String: Double] = [:]
    for depth in 1...levels.count {
      let encoder = try Encoder(
        inChannels: 1, topology: plan.topology, depth: depth, using: &generator)
      try encoder.moveWeights(to: device, type: .float32)
      let image = try Tensor.ones([1, 1] + plan.patchShape, device: device)
      milliseconds[LatencyTable.part(encoderOfDepth: depth)] = try median {
        _ = try encoder(image).last?.floats()
      }
    }
    for (level, grid) in plan.topology.reducedGrids(plan.patchShape).enumerated() {
      milliseconds.merge(try cellParts(level: level, grid: grid)) { first, _ in first }
    }
    return milliseconds
  }

  /// Every operation and every combination of one level. What it takes to read a cell's output is taken off.
  private func cellParts(level: Int, grid: [Int]) throws -> [String: Double] {
    var generator = SplitMix64(seed: seed)
    let channels = levels[level].channels
    let features = try Tensor.ones([1, channels] + grid, device: device)
    func time(_ cell: CellGenotype) throws -> Double {
      let layer = try FusionCell(cell: cell, channels: channels, using: &generator)
      try layer.moveWeights(to: device, type: .float32)
      let inputs = (0..<cell.inputs).map { _ in Optional(features) }
      return try median { _ = try layer(inputs).floats() }
    }
    let reading = try time(.identity(ofInput: 0, inputs: 1))
    var milliseconds: [String: Double] = [:]
    for operation in space.vocabulary.operations {
      let time = try time(.uniform(.sum, operation, inputs: 1))
      milliseconds[LatencyTable.part(operation: operation, level: level)] = max(0, time - reading)
    }
    let most = space.modalities.count + space.nodes.upperBound - 1
    let combinations = Set(space.vocabulary.combinations + [.mean])
    for combination in combinations.sorted(by: { $0.rawValue < $1.rawValue }) where most > 1 {
      for edges in 2...most {
        let time = try time(.uniform(combination, .skip, inputs: edges))
        let part = LatencyTable.part(combination: combination, of: edges, level: level)
        milliseconds[part] = max(0, time - reading)
      }
    }
    return milliseconds
  }

  /// The median time of some runs after one that warms up, in milliseconds.
  private func median(_ body: () throws -> Void) throws -> Double {
    try withoutGradients {
      try body()
      return Self.median(
        try (0..<repeats).map { _ in
          let start = DispatchTime.now().uptimeNanoseconds
          try body()
          return Double(DispatchTime.now().uptimeNanoseconds - start) / 1e6
        })
    }
  }

  static func median(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    let middle = sorted.count / 2
    return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
  }
}
