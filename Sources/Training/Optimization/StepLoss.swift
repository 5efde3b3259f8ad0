import Networks
import Torch

/// The loss of one training step.
struct StepLoss {
  /// What was minimised.
  let total: Double

  /// How far each coordinated level is from its constraint, before it is weighted, by its name.
  let coordination: [String: Double]

  init(total: Double, output: TrainingOutput) throws(TorchError) {
    self.total = total
    var coordination: [String: Double] = [:]
    for term in output.coordination {
      coordination["level \(term.level)"] = try term.value.item()
    }
    self.coordination = coordination
  }
}

/// The losses of an epoch's steps, added up.
struct EpochLosses {
  private var count = 0
  private var total = 0.0
  private var terms: [String: Double] = [:]

  mutating func add(_ loss: StepLoss) {
    count += 1
    total += loss.total
    terms.merge(loss.coordination, uniquingKeysWith: +)
  }

  /// The mean over the steps.
  var mean: Double { total / Double(max(1, count)) }

  /// The mean of each coordinated level's term; `nil` where there is none.
  var coordination: [String: Double]? {
    terms.isEmpty ? nil : terms.mapValues { $0 / Double(max(1, count)) }
  }
}
