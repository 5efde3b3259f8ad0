import Foundation

/// The distances from the elements of one surface to the other surface, with their weights.
struct DistanceSample: Sendable {
  /// In millimetres.
  let distances: [Double]

  /// What each counts: its area, or `nil` for elements that count alike.
  let weights: [Double]?

  /// The sum of the weights.
  let total: Double

  /// The sum of the distances, each times its weight.
  let weightedSum: Double

  /// The greatest distance.
  let maximum: Double

  init(distances: [Double], weights: [Double]?) {
    self.distances = distances
    self.weights = weights
    maximum = distances.max() ?? 0
    if let weights {
      total = weights.reduce(0, +)
      weightedSum = zip(distances, weights).reduce(0) { $0 + $1.0 * $1.1 }
    } else {
      total = Double(distances.count)
      weightedSum = distances.reduce(0, +)
    }
  }

  /// The distances of both, elements counting alike.
  func joined(with other: DistanceSample) -> DistanceSample {
    DistanceSample(distances: distances + other.distances, weights: nil)
  }

  /// The weighted mean, in millimetres.
  var mean: Double { weightedSum / total }

  /// The weight of the elements that are no further away than this.
  func weight(withinMillimetres tolerance: Double) -> Double {
    guard let weights else { return Double(distances.count { $0 <= tolerance }) }
    return zip(distances, weights).reduce(0) { $1.0 <= tolerance ? $0 + $1.1 : $0 }
  }

  /// The distance below which a percentage of the elements lie.
  ///
  /// With weights it is the least distance such that the elements up to it have at least that
  /// percentage of the weight; without, it is interpolated between the two elements around it.
  ///
  /// - Precondition: There is an element, and the percentage is in `0...100`.
  func percentile(_ percent: Double) -> Double {
    precondition((0...100).contains(percent), "there is no \(percent)th percentile")
    let buckets = Buckets(self)
    guard weights == nil else { return buckets.distance(atWeight: percent / 100) }
    let rank = percent / 100 * Double(distances.count - 1)
    let lower = buckets.distance(atRank: Int(rank.rounded(.down)))
    guard rank > rank.rounded(.down) else { return lower }
    let upper = buckets.distance(atRank: Int(rank.rounded(.down)) + 1)
    return lower + (upper - lower) * (rank - rank.rounded(.down))
  }
}

/// Distances sorted coarsely, so that a percentile needs only one bucket sorted finely.
private struct Buckets {
  private static let count = 1024

  private let sample: DistanceSample
  private let scale: Double
  private var weights = [Double](repeating: 0, count: Buckets.count)
  private var sizes = [Int](repeating: 0, count: Buckets.count)

  init(_ sample: DistanceSample) {
    self.sample = sample
    scale = sample.maximum > 0 ? Double(Self.count - 1) / sample.maximum : 0
    for (index, distance) in sample.distances.enumerated() {
      let bucket = Int(distance * scale)
      sizes[bucket] += 1
      if let weight = sample.weights?[index] { weights[bucket] += weight }
    }
  }

  /// The distances of a bucket with their weights, ascending.
  private func sorted(_ bucket: Int) -> [(distance: Double, weight: Double)] {
    sample.distances.indices.filter { Int(sample.distances[$0] * scale) == bucket }
      .map { (sample.distances[$0], sample.weights?[$0] ?? 1) }
      .sorted { ($0.distance, $0.weight) < ($1.distance, $1.weight) }
  }

  func distance(atRank rank: Int) -> Double {
    var before = 0
    for bucket in sizes.indices {
      if before + sizes[bucket] > rank { return sorted(bucket)[rank - before].distance }
      before += sizes[bucket]
    }
    return sample.maximum
  }

  func distance(atWeight part: Double) -> Double {
    var before = 0.0
    for bucket in sizes.indices where sizes[bucket] > 0 {
      if (before + weights[bucket]) / sample.total >= part {
        for element in sorted(bucket) {
          before += element.weight
          if before / sample.total >= part { return element.distance }
        }
      } else {
        before += weights[bucket]
      }
    }
    return sample.maximum
  }
}
