public import Architecture

/// Tables of the same candidates, each trained with another part of the full work.
///
/// Every table is of trainings of their own: going from one share to a larger one costs the whole
/// larger training, because no table says what a training that goes on would have cost and reached.
public struct TabularFidelities<Candidate: SearchCandidate>: ScalableEstimator, Sendable {
  private let tables: [Double: TabularEstimator<Candidate>]

  /// - Parameter tables: By the share of the work; one of them is for the full work, 1.
  public init(_ tables: [Double: TabularEstimator<Candidate>]) {
    precondition(tables[1] != nil, "no table for the full work")
    self.tables = tables
  }

  /// - Throws: ``SearchError/notInTable(_:)`` for a candidate or a share that is in no table.
  public func estimate(_ candidate: Candidate, with effort: Effort) throws -> Estimate {
    guard let table = tables[effort.share] else {
      throw SearchError.notInTable("\(candidate) with \(effort.share) of the work")
    }
    return try table.estimate(candidate)
  }
}
