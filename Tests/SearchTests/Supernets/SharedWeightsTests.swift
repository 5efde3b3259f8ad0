import Architecture
import Foundation
import Imaging
import Networks
import Testing
import Torch
import Training

@testable import Search

/// Searches whose genotypes are judged with shared weights.
struct SharedWeightsTests {
  private func run(
    on data: String, in folder: String, trials: Int,
    _ change: (inout SearchOptions) -> Void = { _ in }
  ) throws -> SearchRun {
    var search = SmallSearch(trials: trials)
    search.options.estimator = .sharedWeights
    search.options.supernet.steps = 3
    search.options.supernet.stepsPerTrial = 1
    search.options.fidelity.cases = 2
    change(&search.options)
    return try search.run(on: data, in: folder)
  }

  @Test func theSupernetIsTrainedOnceAndItsTimeIsTheFirstTrials() throws {
    try SmallSearch.withData(cases: 4) { folder, data in
      _ = try run(on: data, in: folder + "/run", trials: 2)()
      let record = try RunFolder(creating: folder + "/run").read(
        SupernetFile.Record.self, from: "supernet.json")
      #expect(record.steps == 3)
      _ = try run(on: data, in: folder + "/run", trials: 4)(resume: true)
      let trials = try SmallSearch.trials(in: folder + "/run")
      #expect(trials.map(\.preparing) == [record.seconds, nil, nil, nil])
      #expect(trials[0].seconds > record.seconds)
      let again = try RunFolder(creating: folder + "/run").read(
        SupernetFile.Record.self, from: "supernet.json")
      #expect(again == record)
    }
  }

  // The score of a trial is that of a network with the weights that are in the folder.
  @Test func aTrialsDiceIsThatOfTheNetworkWithInheritedWeights() throws {
    try SmallSearch.withData(cases: 4) { folder, data in
      let search = try run(on: data, in: folder + "/run", trials: 3)
      _ = try search()
      let setup = try SearchSetup(of: search, onStep: { _, _ in }, onProgress: { _ in })
      let trainer = try SupernetTrainer(
        space: setup.fusionCells(), plan: setup.plan, options: search.trainingOptions,
        cases: setup.trainingCases, device: .cpu)
      _ = try SupernetFile(in: search.folder).load(into: trainer.supernet)
      for trial in try SmallSearch.trials(in: folder + "/run") {
        let network = try TrainingRun.makeNetwork(
          trial.genotype, plan: setup.plan, seed: 77)
        try trainer.supernet.copyWeights(to: network)
        let dice = try setup.estimator.validation.measure(
          Predictor(network: network, plan: setup.plan)
        ).dice
        #expect(trial.estimate?.dice == dice)
      }
    }
  }

  // Steps along one path are the steps of the network alone, from the same weights on the same batches.
  @Test func trainingAPathIsTrainingItsNetworkAlone() throws {
    try SmallSearch.withData(cases: 4) { folder, data in
      let search = try run(on: data, in: folder + "/run", trials: 1)
      let setup = try SearchSetup(of: search, onStep: { _, _ in }, onProgress: { _ in })
      var options = search.trainingOptions
      options.epochs = 1
      options.stepsPerEpoch = 4
      var trainer = try SupernetTrainer(
        space: setup.fusionCells(), plan: setup.plan, options: options, cases: setup.trainingCases,
        device: .cpu)
      let cell = try CellGenotype.uniform(.concatenate, .convolution3, inputs: 3)
      let genotype = try Genotype(modalities: setup.space.modalities, cells: [cell])
      let alone = try TrainingRun.makeNetwork(.fused(genotype), plan: setup.plan, seed: 5)
      try trainer.supernet.copyWeights(to: alone)
      try Trainer(network: alone, plan: setup.plan, options: options).train(
        on: setup.trainingCases, validating: [])
      let schedule = PolynomialSchedule(initialRate: options.learningRate, steps: 4)
      for step in 0..<4 { try trainer.train(genotype, rate: schedule.rate(atStep: step)) }
      let inherited = try TrainingRun.makeNetwork(.fused(genotype), plan: setup.plan, seed: 6)
      try trainer.supernet.copyWeights(to: inherited)
      for (left, right) in zip(alone.namedWeights, inherited.namedWeights) {
        let pairs = zip(try left.tensor.floats(), try right.tensor.floats())
        #expect(pairs.allSatisfy { abs($0 - $1) < 1e-4 }, "\(left.name)")
      }
    }
  }

  @Test func pathsThatAreProposedAreTrainedBeforeTheyAreJudged() throws {
    try SmallSearch.withData(cases: 4) { folder, data in
      func change(_ options: inout SearchOptions) {
        options.strategy = .reinforce
        options.supernet.paths = .proposed
      }
      let report = try run(on: data, in: folder + "/run", trials: 3, change)()
      let trials = try SmallSearch.trials(in: folder + "/run")
      #expect(trials.allSatisfy { $0.preparing == nil && $0.copyOf == nil })
      #expect(!FileManager.default.fileExists(atPath: folder + "/run/supernet.safetensors"))
      #expect(
        report.markdown.contains("is trained for 1 steps with each genotype before its trial."))
    }
  }

  /// A learning rate that is no number stands for whatever fails now and did not then.
  @Test func aTrainingThatIsReplayedFailsOnlyWhereItFailedBefore() throws {
    try SmallSearch.withData(cases: 4) { folder, data in
      let search = try run(on: data, in: folder + "/run", trials: 1)
      let setup = try SearchSetup(of: search, onStep: { _, _ in }, onProgress: { _ in })
      var options = search.trainingOptions
      options.learningRate = .nan
      var estimator = SharedWeightsEstimator(
        try SupernetTrainer(
          space: setup.fusionCells(), plan: setup.plan, options: options,
          cases: setup.trainingCases,
          device: .cpu),
        plan: setup.plan, validation: setup.estimator.validation, stepsPerTrial: 2)
      let cell = try CellGenotype.uniform(.sum, .convolution3, inputs: 3)
      let design = NetworkDesign.fused(
        try Genotype(modalities: setup.space.modalities, cells: [cell]))
      try estimator.replay([Trial(number: 1, genotype: design, failure: "it diverged")])
      #expect(throws: TrainingError.self) {
        try estimator.replay([Trial(number: 1, genotype: design, estimate: Estimate(dice: 0.5))])
      }
    }
  }

  @Test func everyStrategyThatFollowsGradientsSaysWhatItTook() throws {
    try SmallSearch.withData(cases: 4) { folder, data in
      for strategy in [StrategyName.darts, .dartsSecondOrder, .gdas, .pcdarts] {
        func change(_ options: inout SearchOptions) {
          options.strategy = strategy
          options.estimator = .training
          options.supernet.skipShare = 1
        }
        let path = folder + "/\(strategy.rawValue)"
        let report = try run(on: data, in: path, trials: 2, change)()
        let trials = try SmallSearch.trials(in: path)
        #expect(trials.count == 2)
        #expect(trials.allSatisfy { $0.preparing ?? 0 > 0 })
        #expect(report.markdown.contains("The strategy follows gradients through a supernet."))
      }
    }
  }

  @Test func settingsThatDoNotGoTogetherAreRefused() throws {
    func refusal(
      hasWorkers: Bool = false, _ change: (inout SearchOptions) -> Void
    ) -> String? {
      var options = SearchOptions()
      change(&options)
      do {
        try options.check(hasWorkers: hasWorkers)
        return nil
      } catch {
        return error.description
      }
    }
    #expect(refusal { _ in } == nil)
    #expect(
      refusal {
        $0.estimator = .sharedWeights
        $0.scheduler = .asha
      }
        == "\"estimator\": \"sharedWeights\" and \"scheduler\": \"asha\" do not go together: nothing is "
        + "trained that could be trained for less time.")
    #expect(
      refusal {
        $0.estimator = .sharedWeights
        $0.stopsHopeless = true
      }
        == "\"estimator\": \"sharedWeights\" and \"stopsHopeless\": true do not go together: there is no "
        + "training to be stopped.")
    #expect(
      refusal {
        $0.strategy = .gdas
        $0.scheduler = .hyperband
      }
        == "\"strategy\": \"gdas\" and \"scheduler\": \"hyperband\" do not go together: a strategy that "
        + "follows gradients learns from no outcome.")
    #expect(
      refusal(hasWorkers: true) {
        $0.estimator = .sharedWeights
        $0.supernet.paths = .proposed
      }
        == "\"paths\": \"proposed\" and --workers do not go together: each process would train a supernet "
        + "of its own.")
  }

  @Test func aCaseThatLacksAModalityIsRefused() throws {
    try SmallSearch.withData(cases: 4) { folder, data in
      let scans = try Dataset.load(data).cases.compactMap { $0.images["mri"]?.path }
      for path in scans.dropLast() { try FileManager.default.removeItem(atPath: path) }
      let error = #expect(throws: SearchError.self) {
        try run(on: data, in: folder + "/run", trials: 1)()
      }
      #expect(error?.description.contains("it reads every modality of every case") == true)
    }
  }
}
