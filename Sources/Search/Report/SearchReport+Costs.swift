import Foundation

extension SearchReport {
  /// What is foretold of the networks of the front, where somebody asked, and how much that is worth.
  var foretoldCosts: [String] { latencies + memories }

  /// How fast the networks of the front are said to be, and how much that is worth.
  private var latencies: [String] {
    guard let latency else { return [] }
    let correlation = latency.check.rankCorrelation.map { String(format: "%.2f", $0) } ?? "unknown"
    let times = front.compactMap { trial in
      trial.estimate?.latency.map { String(format: "trial %d %.2f ms", trial.number, $0) }
    }
    return [
      "", "As little latency counts too: " + times.joined(separator: ", ") + ".",
      "Latencies of one patch are foretold from a table of parts (\(latency.conditions); "
        + "\(latency.date)). "
        + String(
          format: "On %d whole random networks it was wrong by %.0f %% on average, with a rank "
            + "correlation of ", latency.check.networks, 100 * latency.check.meanRelativeError)
        + correlation + ".",
    ]
  }

  /// How much memory their trainings are said to take.
  private var memories: [String] {
    guard options.needsMemory else { return [] }
    let sizes = front.compactMap { trial in
      trial.estimate?.memory.map {
        String(format: "trial %d %.1f MiB", trial.number, $0 / 1_048_576)
      }
    }
    return [
      "",
      "As little memory at the peak of a training step counts too: "
        + sizes.joined(separator: ", ") + ".",
      "It is foretold without building anything. " + (memory?.sentence ?? MemoryCheck.absence),
    ]
  }
}
