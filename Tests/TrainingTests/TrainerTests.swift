import Architecture
import Networks
import TestSupport
import Testing
import Torch

@testable import Training

struct TrainerTests {
  private let cases = [Fixtures.preparedCase("a"), Fixtures.preparedCase("b", seed: 2)]

  private func trainer(epochs: Int = 4, rule: TrainingOptions.Rule = .adamw) throws -> Trainer {
    var options = TrainingOptions()
    options.epochs = epochs
    options.stepsPerEpoch = 3
    options.optimizer = rule
    options.learningRate = 0.01
    options.momentum = 0.9
    let plan = Fixtures.plan()
    return Trainer(
      network: try TrainingRun.makeNetwork(.early(["ct", "mri"]), plan: plan, seed: 5),
      plan: plan, options: options)
  }

  private func weights(of trainer: Trainer) throws -> [[Float]] {
    try trainer.network.namedWeights.map { try $0.tensor.floats() }
  }

  @Test func theLossFalls() throws {
    var losses: [Double] = []
    try trainer(epochs: 12).train(on: cases, validating: [], onEpoch: { losses.append($0.loss) })
    #expect(losses.count == 12)
    let ends = (first: try #require(losses.first), last: try #require(losses.last))
    #expect(ends.last < 0.7 * ends.first)
  }

  @Test func theSameSeedGivesTheSameWeights() throws {
    let first = try trainer()
    let second = try trainer()
    try first.train(on: cases, validating: [])
    try second.train(on: cases, validating: [])
    #expect(try weights(of: first) == weights(of: second))
  }

  @Test(arguments: [TrainingOptions.Rule.adamw, .sgd])
  func aResumedTrainingEqualsAnUninterruptedOne(rule: TrainingOptions.Rule) throws {
    struct Killed: Error {}
    try withTemporaryFolder { folder in
      let whole = try trainer(rule: rule)
      try whole.train(on: cases, validating: [])
      let checkpoint = Checkpoint(path: folder + "/checkpoint.safetensors")
      #expect(throws: Killed.self) {
        try trainer(rule: rule).train(
          on: cases, validating: [], checkpoint: checkpoint,
          onEpoch: { if $0.epoch == 3 { throw Killed() } })
      }
      let resumed = try trainer(rule: rule)
      var epochs: [Int] = []
      try resumed.train(
        on: cases, validating: [], checkpoint: checkpoint, resume: true,
        onEpoch: { epochs.append($0.epoch) })
      #expect(epochs == [3, 4])
      #expect(try weights(of: resumed) == weights(of: whole))
    }
  }

  @Test func otherOptionsCannotBeResumed() throws {
    try withTemporaryFolder { folder in
      let checkpoint = Checkpoint(path: folder + "/checkpoint.safetensors")
      try trainer(epochs: 1).train(on: cases, validating: [], checkpoint: checkpoint)
      let error = #expect(throws: TrainingError.self) {
        try trainer(epochs: 2).train(
          on: cases, validating: [], checkpoint: checkpoint, resume: true)
      }
      #expect(error?.description.contains("Resume with the options of the run") == true)
    }
  }

  @Test func validationDiceIsMeasuredOnTheHeldOutCases() throws {
    var records: [EpochRecord] = []
    try trainer(epochs: 12).train(
      on: [cases[0]], validating: [cases[1]], onEpoch: { records.append($0) })
    let last = try #require(records.last)
    #expect(Set(last.diceByLabel.keys) == ["core", "shell"])
    let dice = try #require(last.validationDice)
    #expect(dice > 0.5)
  }

  @Test func aLossThatIsNotANumberStopsTheTraining() throws {
    let broken = PreprocessedCase(
      name: "broken", geometry: cases[0].geometry,
      images: [cases[0].images[0]?.map { _ in .nan }, cases[0].images[1]],
      classes: cases[0].classes, classCount: 3)
    let error = #expect(throws: TrainingError.self) {
      try trainer().train(on: [broken], validating: [])
    }
    #expect(
      error?.description == """
        Training diverged: the loss of step 0 is not a number.
        Lower the learning rate, or check the scans with `chiasm inspect`.
        """)
  }

  @Test func noCaseIsAnError() throws {
    #expect(throws: TrainingError.noCases(purpose: "training", dataset: "fixture")) {
      try trainer().train(on: [], validating: [])
    }
  }

  private func coordinated(
    _ constraint: Constraint, weight: Double, dropout: Double = 0, epochs: Int = 4
  ) throws -> Trainer {
    var options = TrainingOptions()
    options.epochs = epochs
    options.stepsPerEpoch = 3
    options.learningRate = 0.01
    options.modalityDropout = ModalityDropout(probability: dropout, ramp: 0.5)
    let plan = Fixtures.plan()
    let cell = try CellGenotype.coordinated(
      by: Coordination(constraint, weight: weight), .convolution1, inputs: 2)
    let genotype = try Genotype(
      modalities: ["ct", "mri"], cells: [cell, .uniform(.sum, .skip, inputs: 2), cell])
    return Trainer(
      network: try TrainingRun.makeNetwork(.fused(genotype), plan: plan, seed: 5), plan: plan,
      options: options)
  }

  @Test(arguments: Constraint.allCases)
  func aHeavyConstraintIsApproached(constraint: Constraint) throws {
    var records: [EpochRecord] = []
    try coordinated(constraint, weight: 20, epochs: 12).train(
      on: cases, validating: [], onEpoch: { records.append($0) })
    let terms = records.compactMap(\.coordination)
    #expect(terms.count == 12)
    #expect(terms.allSatisfy { Set($0.keys) == ["level 0", "level 2"] })
    let sums = terms.map { $0.values.reduce(0, +) }
    #expect(sums[11] < 0.95 * sums[0], "\(sums)")
    // The loss holds the terms with their weight.
    #expect(records[0].loss > 20 * sums[0])
  }

  @Test func aJointTrainingLogsNoTerm() throws {
    var records: [EpochRecord] = []
    try trainer(epochs: 1).train(on: cases, validating: [], onEpoch: { records.append($0) })
    #expect(records.count == 1)
    #expect(records.allSatisfy { $0.coordination == nil })
  }

  @Test func aResumedTrainingWithDropoutAndConstraintsEqualsAnUninterruptedOne() throws {
    struct Killed: Error {}
    try withTemporaryFolder { folder in
      let whole = try coordinated(.contrastive, weight: 0.1, dropout: 0.5)
      try whole.train(on: cases, validating: cases)
      let checkpoint = Checkpoint(path: folder + "/checkpoint.safetensors")
      #expect(throws: Killed.self) {
        try coordinated(.contrastive, weight: 0.1, dropout: 0.5).train(
          on: cases, validating: cases, checkpoint: checkpoint,
          onEpoch: { if $0.epoch == 3 { throw Killed() } })
      }
      let resumed = try coordinated(.contrastive, weight: 0.1, dropout: 0.5)
      try resumed.train(on: cases, validating: cases, checkpoint: checkpoint, resume: true)
      #expect(try weights(of: resumed) == weights(of: whole))
    }
  }

  @Test func casesThatLackAModalityAreLearntFromAndMeasured() throws {
    let partial = PreprocessedCase(
      name: "partial", geometry: cases[1].geometry, images: [nil, cases[1].images[1]],
      classes: cases[1].classes, classCount: 3)
    var records: [EpochRecord] = []
    try coordinated(.canonicalCorrelation, weight: 0.1, dropout: 0.5, epochs: 12).train(
      on: [cases[0], partial], validating: [partial], onEpoch: { records.append($0) })
    let dice = try #require(records.last?.validationDice)
    #expect(dice > 0.3)
  }
}
