import Testing

@testable import Training

struct CaseFoldsTests {
  private let names = (0..<7).flatMap { ["case-\($0)", "case-\($0)"] }

  @Test func everyCaseIsInOneFold() {
    let folds = CaseFolds(names, count: 3, seed: 1).folds
    #expect(folds.map(\.count) == [3, 2, 2])
    #expect(folds.reduce(into: Set()) { $0.formUnion($1) }.count == 7)
  }

  @Test func thereAreNoMoreFoldsThanCases() {
    #expect(CaseFolds(["a", "b"], count: 5, seed: 1).folds.map(\.count) == [1, 1])
  }

  @Test func theSeedDecides() {
    #expect(CaseFolds(names, count: 3, seed: 1).folds == CaseFolds(names, count: 3, seed: 1).folds)
    #expect(CaseFolds(names, count: 3, seed: 1).folds != CaseFolds(names, count: 3, seed: 2).folds)
  }
}
