/// How alike two feature vectors are; higher is more alike.
public enum Similarity: String, Codable, CaseIterable, Sendable {
  /// The cosine of the angle between them.
  case cosine

  /// The cosine after the mean of each side's vectors is subtracted from them: what all scans of a
  /// modality have in common says nothing about the patient.
  case centered

  /// Less their Euclidean distance.
  case euclidean

  /// The similarity of every query with every target.
  ///
  /// - Returns: A row per query. The cosine with a vector of zeros is 0.
  /// - Precondition: All vectors have as many numbers.
  public func matrix(queries: [[Double]], targets: [[Double]]) -> [[Double]] {
    let width = queries.first?.count ?? 0
    precondition((queries + targets).allSatisfy { $0.count == width }, "vectors of several widths")
    let (queries, targets) =
      self == .centered ? (Self.centered(queries), Self.centered(targets)) : (queries, targets)
    let lengths = targets.map(Self.length)
    return queries.map { query in
      let own = Self.length(query)
      return zip(targets, lengths).map { target, length in
        guard self != .euclidean else {
          return -Self.length(zip(query, target).map { $0 - $1 })
        }
        let product = zip(query, target).reduce(0) { $0 + $1.0 * $1.1 }
        return own > 0 && length > 0 ? product / (own * length) : 0
      }
    }
  }

  private static func length(_ vector: [Double]) -> Double {
    vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
  }

  private static func centered(_ vectors: [[Double]]) -> [[Double]] {
    guard let first = vectors.first else { return [] }
    let means = first.indices.map { index in
      vectors.reduce(0) { $0 + $1[index] } / Double(vectors.count)
    }
    return vectors.map { zip($0, means).map { $0 - $1 } }
  }
}
