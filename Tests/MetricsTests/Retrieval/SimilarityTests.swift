import Foundation
import Metrics
import TestSupport
import Testing

struct SimilarityTests {
  /// The features of Tests/Reference/probe_values.py.
  static let queries = (0..<9).map { row in
    (0..<4).map { column in
      let (i, j) = (Double(row), Double(column))
      return sin(0.7 * i + 1.3 * j + 0.2 * i * j)
    }
  }

  static let targets = queries.enumerated().map { row, features in
    features.enumerated().map { column, value in
      value + 0.9 * cos(1.1 * Double(row) + 2.3 * Double(column))
    }
  }

  @Test func byHand() {
    #expect(
      Similarity.cosine.matrix(queries: [[3, 4]], targets: [[6, 8], [-4, 3]]) == [[1, 0]])
    #expect(
      Similarity.euclidean.matrix(queries: [[0, 0]], targets: [[3, 4], [0, 0]]) == [[-5, 0]])
    // Less the means [2, 0] and [11, 1].
    expectClose(
      Similarity.centered.matrix(queries: [[1, 0], [3, 0]], targets: [[10, 1], [12, 1]])[0],
      [1, -1], within: 1e-15)
  }

  @Test func aVectorOfZerosIsLikeNone() {
    #expect(Similarity.cosine.matrix(queries: [[0, 0]], targets: [[1, 0], [0, 0]]) == [[0, 0]])
  }

  /// numpy 2.4.6 by Tests/Reference/probe_values.py.
  @Test func agreesWithNumPy() {
    let cosine = Similarity.cosine.matrix(queries: Self.queries, targets: Self.targets)[2]
    expectClose(
      cosine,
      [
        0.333013355, 0.283906525, 0.442785782, 0.592478761, 0.377998246, 0.014770670,
        -0.572490697, -0.739460877, -0.413083829,
      ], within: 1e-9)
    let centered = Similarity.centered.matrix(queries: Self.queries, targets: Self.targets)[2]
    expectClose(
      centered,
      [
        0.362583607, 0.330229015, 0.498358395, 0.496403126, 0.373145924, 0.169693112,
        -0.475247452, -0.765722102, -0.522695250,
      ], within: 1e-9)
  }
}
