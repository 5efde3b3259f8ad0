import Foundation
import Testing
import Torch

@testable import Search

struct JacobianCovarianceTests {
  private func score(_ rows: [[Double]]) throws -> Double {
    try JacobianCovariance.score(
      ofJacobian: Tensor(rows.flatMap(\.self), shape: [rows.count, rows[0].count]))
  }

  // Uncorrelated rows: the correlations are the identity, and both eigenvalues are 1.
  @Test func gradientsThatHaveNothingInCommonScoreHighest() throws {
    let apart = try score([[1, -1, 0, 0], [0, 0, 1, -1]])
    #expect(abs(apart + 2 * (log(1.00001) + 1 / 1.00001)) < 1e-9)
    for rows in [[[1, -1, 0, 0], [1, 0, 0, -1]], [[1, 2, 3, 4], [1, 2, 3, 5]]] as [[[Double]]] {
      #expect(try score(rows) < apart)
    }
  }

  // Equal rows, and opposite ones: the eigenvalues are 2 and 0.
  @Test func gradientsThatAreTheSameScoreLowest() throws {
    let expected = -(log(2.00001) + 1 / 2.00001 + log(1e-5) + 1e5)
    for factor in [1.0, 3, -1] {
      let found = try score([[1, 2, 4, 0], [factor, 2 * factor, 4 * factor, 0]])
      #expect(abs(found - expected) < 1e-3 * abs(expected))
    }
  }

  @Test func neitherLengthNorOffsetOfAGradientMatters() throws {
    let plain = try score([[1, 5, 2, 4], [3, 3, 1, 0], [2, 7, 1, 8]])
    let changed = try score([[11, 15, 12, 14], [6, 6, 2, 0], [0.2, 0.7, 0.1, 0.8]])
    #expect(abs(plain - changed) < 1e-9)
  }
}
