import Foundation
import Networks
import Torch

/// Linear maps of two modalities' vectors into a common space, fitted to cases whose pairs are known.
///
/// The features are standardised and projected on to their canonical components, each scaled by its
/// correlation, so that what the modalities do not share counts for nothing. A constraint such as deep
/// canonical correlation makes spaces agree up to such maps only.
///
/// Source: the scaling is that of Y. Gong et al., "A Multi-View Embedding Space for Modeling Internet
/// Images, Tags, and Their Semantics", International Journal of Computer Vision 106, 2014, section 3.2.
public struct EmbeddingAlignment: Sendable {
  private let standardizations: (first: Standardization, second: Standardization)
  private let correlation: CanonicalCorrelation

  /// How many pairs of vectors it was fitted to.
  public let pairs: Int

  /// Fits to all regions and patches of a table of which both modalities have a vector; one of them may be
  /// ``EmbeddingTable/fusedName``.
  ///
  /// - Parameter ridge: Added to the variances of the standardised features, which are 1.
  /// - Throws: ``EmbeddingError/tooLittle(problem:)`` when there are fewer than two such pairs, and
  ///   `TorchError`.
  public init(
    _ first: String, _ second: String, in table: EmbeddingTable, ridge: Double = 0.1
  ) throws {
    let pairs = table.samples().compactMap { sample in
      sample.vector(of: first).flatMap { one in
        sample.vector(of: second).map { (one, $0) }
      }
    }
    guard pairs.count > 1 else {
      throw EmbeddingError.tooLittle(
        problem:
          "\(pairs.count) pair\(pairs.count == 1 ? "" : "s") of \(first) and \(second) to align them by"
      )
    }
    self.pairs = pairs.count
    let (first, second) = (
      Standardization(pairs.map(\.0)), Standardization(pairs.map(\.1))
    )
    standardizations = (first, second)
    correlation = try CanonicalCorrelation(
      Self.matrix(pairs.map { first($0.0) }), Self.matrix(pairs.map { second($0.1) }),
      regularization: ridge)
  }

  /// Vectors of the first modality in the common space.
  public func first(_ vectors: [[Double]]) throws -> [[Double]] {
    try project(vectors.map { standardizations.first($0) }, by: correlation.first)
  }

  /// Vectors of the second.
  public func second(_ vectors: [[Double]]) throws -> [[Double]] {
    try project(vectors.map { standardizations.second($0) }, by: correlation.second)
  }

  private func project(
    _ vectors: [[Double]], by projection: CanonicalCorrelation.Projection
  ) throws(TorchError) -> [[Double]] {
    guard !vectors.isEmpty else { return [] }
    let numbers = try projection(Self.matrix(vectors)).doubles()
    let count = correlation.correlations.count
    return vectors.indices.map { row in
      (0..<count).map { numbers[row * count + $0] * correlation.correlations[$0] }
    }
  }

  private static func matrix(_ vectors: [[Double]]) throws(TorchError) -> Tensor {
    try Tensor(vectors.flatMap(\.self), shape: [vectors.count, vectors[0].count])
  }
}
