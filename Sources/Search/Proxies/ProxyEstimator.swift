import Architecture
import Dispatch
import Networks
import Torch
import Training

/// Judges a candidate by a proxy, without training it.
///
/// The network has the first weights that a training with the same seed would begin with. What is called
/// its Dice is the proxy's score, which ranks candidates and has a scale of its own.
struct ProxyEstimator: ScalableEstimator {
  typealias Candidate = NetworkDesign

  let proxy: ZeroCostProxy
  private let plan: Plan
  private let seed: UInt64
  private let device: Device
  private let patches: ProxyPatches

  /// - Parameters:
  ///   - options: The proxy and the number of patches, which are drawn once and unchanged, of as many
  ///     cases as there are: to a proxy that compares them, twins say nothing.
  ///   - cases: What the patches are drawn from, all with classes.
  init(
    _ options: ProxyOptions, plan: Plan, training: TrainingOptions, cases: [PreprocessedCase],
    device: Device
  ) throws {
    proxy = options.name
    self.plan = plan
    self.device = device
    seed = training.seed
    if let bare = cases.first(where: { $0.classes == nil }) {
      throw TrainingError.missingLabels(caseName: bare.name)
    }
    let sampler = PatchSampler(
      cases: cases, plan: plan, modalities: Array(plan.modalities.indices),
      foregroundFraction: training.foregroundFraction, augments: false,
      batchSize: options.patches, isSpread: true)
    let batch = sampler.batch(step: 0, seed: seed)
    patches = ProxyPatches(
      inputs: try batch.inputs(on: device), presence: batch.presence,
      classes: try Tensor(bytes: batch.classes, shape: [batch.count] + batch.shape)
        .moved(to: device))
  }

  func estimate(_ candidate: NetworkDesign, with effort: Effort) throws -> Estimate {
    let start = DispatchTime.now().uptimeNanoseconds
    let score = try score(of: candidate)
    guard score != -.infinity else {
      throw SearchError.alikePatches(proxy: proxy.rawValue, patches: patches.classes.shape[0])
    }
    let cost = plan.cost(of: candidate)
    return Estimate(
      dice: score, parameters: cost.parameters, multiplyAdds: cost.multiplyAdds,
      seconds: Double(DispatchTime.now().uptimeNanoseconds - start) / 1e9)
  }

  /// The proxy's score of a candidate.
  func score(of candidate: NetworkDesign) throws -> Double {
    let network = try TrainingRun.makeNetwork(candidate, plan: plan, seed: seed)
    try network.moveWeights(to: device, type: .float32)
    return try proxy.score(of: network, on: patches)
  }
}
