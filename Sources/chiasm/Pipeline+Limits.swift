import Architecture
import Foundation
import Search
import Training

/// What can be computed with.
extension Pipeline {
  /// A setting and the numbers it may have.
  struct Limit {
    let key: String
    let isKept: Bool

    /// Completes "takes …".
    let expected: String

    /// Completes "not …".
    let found: String
  }

  /// The most steps of a training.
  static let mostSteps = 100_000_000

  /// The most voxels of a patch.
  private static let mostVoxels = 1 << 27

  /// Every limit, in the order of the settings.
  var limits: [Limit] {
    planLimits + trainingLimits + searchLimits + [.init("threads", threads, in: 0...1024)]
  }

  private var planLimits: [Limit] {
    [
      .init("plan.spacing", plan.spacing, in: 0.01...1000),
      .init(patchSize: plan.patchSize, atMost: Self.mostVoxels),
      .init("plan.patchVoxels", plan.patchVoxels, in: 512...Self.mostVoxels),
      .init("plan.baseChannels", plan.baseChannels, in: 1...4096),
      .init("plan.maximumChannels", plan.maximumChannels, in: 1...4096),
      .init("plan.levels", plan.levels, in: 0...5),
      .init("plan.blocksPerLevel", plan.blocksPerLevel, in: 1...16),
      .init("plan.batchSize", plan.batchSize, in: 1...256),
    ]
  }

  private var trainingLimits: [Limit] {
    let (steps, overflows) = training.epochs.multipliedReportingOverflow(by: training.stepsPerEpoch)
    return [
      .init("training.epochs", training.epochs, in: 1...Self.mostSteps),
      .init("training.stepsPerEpoch", training.stepsPerEpoch, in: 1...Self.mostSteps),
      Limit(
        key: "training.epochs", isKept: !overflows && steps <= Self.mostSteps,
        expected: "a number that makes at most \(Self.mostSteps) steps with \"stepsPerEpoch\"",
        found: "\(training.epochs) × \(training.stepsPerEpoch)"),
      Limit(
        key: "training.learningRate",
        isKept: training.learningRate > 0 && training.learningRate <= 100,
        expected: "a number above 0 and at most 100", found: "\(training.learningRate)"),
      Limit(
        key: "training.momentum", isKept: training.momentum >= 0 && training.momentum < 1,
        expected: "a number of at least 0 and below 1", found: "\(training.momentum)"),
      .init("training.weightDecay", training.weightDecay, in: 0...1),
      Limit(
        key: "training.gradientClip",
        isKept: training.gradientClip >= 0 && training.gradientClip.isFinite,
        expected: "a number of at least 0", found: "\(training.gradientClip)"),
      .init("training.foregroundFraction", training.foregroundFraction, in: 0...1),
      .init("training.additiveBrightness", training.additiveBrightness, in: 0...1),
      .init(
        "training.modalityDropout.probability", training.modalityDropout.probability, in: 0...0.9),
      .init("training.modalityDropout.ramp", training.modalityDropout.ramp, in: 0...1),
      .init("training.validateEvery", training.validateEvery, in: 0...Self.mostSteps),
    ]
  }

  private var searchLimits: [Limit] {
    let fidelity = search.fidelity
    let supernet = search.supernet
    return [
      .init("search.trials", search.trials, in: 1...1_000_000),
      .init("search.rungs", search.rungs, in: 1...8),
      .init("search.reduction", search.reduction, in: 1.5...100),
      .init("search.seconds", search.seconds, in: 0...1e9),
      .init("search.population", search.population, in: 3...1_000_000),
      .init("search.sample", search.sample, in: 1...1_000_000),
      .init("search.crossover", search.crossover, in: 0...1),
      .init("search.chains.encoderStages", ends: search.chains.encoderStages, in: 2...8),
      .init("search.chains.blocks", ends: search.chains.blocks, in: 1...16),
      .init("search.chains.kernels", odd: search.chains.kernels, upTo: 15),
      .init("search.chains.channels", choices: search.chains.channels, in: 1...4096),
      .init("search.chains.normalizations", words: search.chains.normalizations),
      .init("search.chains.activations", words: search.chains.activations),
      .init("search.branches.layers", ends: search.branches.layers, in: 1...7),
      .init("search.branches.kernels", odd: search.branches.kernels, upTo: 15),
      .init("search.branches.channels", choices: search.branches.channels, in: 1...4096),
      .init("search.branches.merges", words: search.branches.merges),
      .init("search.nodes", search.nodes, in: 1...4),
      .init("search.operations", words: search.operations),
      .init("search.combinations", words: search.combinations),
      .init("search.representations", words: search.representations),
      .init("search.constraints", words: search.constraints),
      Limit(
        key: "search.weights",
        isKept: !search.weights.isEmpty && Set(search.weights).count == search.weights.count
          && search.weights.allSatisfy { $0 > 0 && $0 <= Coordination.maximumWeight },
        expected: "a list of different numbers above 0 and at most 1000",
        found: "\(search.weights)"),
      .init("search.seeds", search.seeds, in: 1...100),
      .init("search.supernet.steps", supernet.steps, in: 1...Self.mostSteps),
      .init("search.supernet.stepsPerTrial", supernet.stepsPerTrial, in: 1...Self.mostSteps),
      .init("search.supernet.architectureRate", supernet.architectureRate, in: 1e-6...10),
      .init("search.supernet.partialChannels", supernet.partialChannels, in: 1...64),
      .init("search.supernet.skipShare", supernet.skipShare, in: 0...1),
      .init("search.latencyLimit", search.latencyLimit, in: 0...1e9),
      .init("search.parameterLimit", search.parameterLimit, in: 0...1_000_000_000_000),
      .init("search.multiplyAddLimit", search.multiplyAddLimit, in: 0...1e18),
      .init("search.memoryLimit", search.memoryLimit, in: 0...1e9),
      .init("search.proxy.patches", search.proxy.patches, in: 2...1024),
      .init("search.proxy.proposals", search.proxy.proposals, in: 1...10_000),
      .init("search.fidelity.cases", fidelity.cases, in: 0...1_000_000),
      .init("search.fidelity.validationCases", fidelity.validationCases, in: 1...1_000_000),
      .init("search.fidelity.steps", fidelity.steps, in: 1...Self.mostSteps),
      .init("search.fidelity.baseChannels", fidelity.baseChannels, in: 1...4096),
    ]
  }
}

extension Pipeline.Limit {
  /// A whole number in a range.
  fileprivate init(_ key: String, _ found: Int, in range: ClosedRange<Int>) {
    self.init(
      key: key, isKept: range.contains(found),
      expected: "a number from \(range.lowerBound) to \(range.upperBound)", found: "\(found)")
  }

  /// A number in a range; NaN is in none.
  fileprivate init(_ key: String, _ found: Double, in range: ClosedRange<Double>) {
    self.init(
      key: key, isKept: range.contains(found), expected: "a number \(Self.words(range))",
      found: "\(found)")
  }

  /// Nothing, or three numbers in a range.
  fileprivate init(_ key: String, _ found: [Double], in range: ClosedRange<Double>) {
    self.init(
      key: key,
      isKept: found.isEmpty || found.count == 3 && found.allSatisfy(range.contains),
      expected: "[] or three numbers \(Self.words(range))", found: "\(found)")
  }

  /// Names of which there must be one, none of them twice.
  fileprivate init(_ key: String, words: [some RawRepresentable<String>]) {
    let names = words.map(\.rawValue)
    self.init(
      key: key, isKept: !names.isEmpty && Set(names).count == names.count,
      expected: "a list with a name or more, none of them twice",
      found: "[\(names.joined(separator: ", "))]")
  }

  /// The least and the most of something.
  fileprivate init(_ key: String, ends: [Int], in range: ClosedRange<Int>) {
    self.init(
      key: key,
      isKept: ends.count == 2 && ends[0] <= ends[1] && ends.allSatisfy(range.contains),
      expected: "two rising numbers from \(range.lowerBound) to \(range.upperBound)",
      found: "\(ends)")
  }

  /// Numbers of which there must be one, none of them twice.
  fileprivate init(_ key: String, choices: [Int], in range: ClosedRange<Int>) {
    self.init(
      key: key,
      isKept: !choices.isEmpty && Set(choices).count == choices.count
        && choices.allSatisfy(range.contains),
      expected: "a list of different numbers from \(range.lowerBound) to \(range.upperBound)",
      found: "\(choices)")
  }

  /// The same of odd numbers.
  fileprivate init(_ key: String, odd choices: [Int], upTo most: Int) {
    self.init(
      key: key,
      isKept: !choices.isEmpty && Set(choices).count == choices.count
        && choices.allSatisfy { (1...most).contains($0) && $0 % 2 == 1 },
      expected: "a list of different odd numbers from 1 to \(most)", found: "\(choices)")
  }

  fileprivate init(patchSize: [Int], atMost mostVoxels: Int) {
    let isSmall = patchSize.count == 3 && patchSize.allSatisfy((1...1024).contains)
    self.init(
      key: "plan.patchSize",
      isKept: patchSize.isEmpty || isSmall && patchSize.reduce(1, *) <= mostVoxels,
      expected: "[] or three numbers from 1 to 1024 with a product of at most \(mostVoxels)",
      found: "\(patchSize)")
  }

  private static func words(_ range: ClosedRange<Double>) -> String {
    String(format: "from %g to %g", range.lowerBound, range.upperBound)
  }
}
