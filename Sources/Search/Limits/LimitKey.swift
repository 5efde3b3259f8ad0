import Foundation

/// The limits of a search by their names in a pipeline.
public enum LimitKey: String, Codable, CaseIterable, Sendable {
  /// Milliseconds of one patch through the network.
  case latencyLimit

  /// Weights.
  case parameterLimit

  /// Multiply-adds of one patch.
  case multiplyAddLimit

  /// MiB at the peak of a training step.
  case memoryLimit

  /// A cost in the words of a report.
  func text(of cost: Double) -> String {
    switch self {
    case .latencyLimit: String(format: "%g ms", cost)
    case .parameterLimit: String(format: "%.0f parameters", cost)
    case .multiplyAddLimit: String(format: "%g multiply-adds", cost)
    case .memoryLimit: String(format: "%g MiB", cost)
    }
  }
}

extension SearchOptions {
  /// The limits that are set, with the most of each.
  var limits: [(key: LimitKey, most: Double)] {
    LimitKey.allCases.compactMap { key in
      let most =
        switch key {
        case .latencyLimit: latencyLimit
        case .parameterLimit: Double(parameterLimit)
        case .multiplyAddLimit: multiplyAddLimit
        case .memoryLimit: memoryLimit
        }
      return most > 0 ? (key, most) : nil
    }
  }

  /// Whether the memory of trainings matters.
  var needsMemory: Bool { memoryLimit > 0 || strategy == .nsga2 && objective == .memory }
}
