import Imaging
import Testing

@Suite struct FoldsTests {
  static let names = (0..<11).map { "case\($0)" }
  static let dataset = DatasetTests.dataset(of: names, labelled: Set(names))

  @Test func everyCaseIsValidatedOnExactlyOnce() {
    let folds = Self.dataset.folds(count: 5, seed: 1)
    #expect(folds.count == 5)
    #expect(folds.flatMap(\.validation).sorted() == Self.names.sorted())
    for fold in folds {
      #expect(Set(fold.training).isDisjoint(with: fold.validation))
      #expect(fold.training.count + fold.validation.count == 11)
      #expect([2, 3].contains(fold.validation.count))
    }
  }

  @Test func allCasesOfAPatientAreInTheSamePart() {
    let cases = (0..<6).flatMap { patient in
      ["ct", "mri"].map {
        CaseFiles(
          name: "p\(patient).\($0)", patient: "p\(patient)", images: [:],
          labels: FileReference(path: "labels"))
      }
    }
    let dataset = Dataset(
      name: "pairs", root: "", reference: "ct", modalities: [], labels: [], isAligned: false,
      cases: cases)
    let folds = dataset.folds(count: 3, seed: 1)
    #expect(folds.map(\.validation.count) == [4, 4, 4])
    for fold in folds {
      let held = Set(fold.validation.map { $0.prefix(2) })
      #expect(held.count == 2)
      #expect(fold.training.allSatisfy { !held.contains($0.prefix(2)) })
    }
  }

  @Test func theSeedNamesTheFolds() {
    #expect(Self.dataset.folds(seed: 1) == Self.dataset.folds(seed: 1))
    #expect(Self.dataset.folds(seed: 1) != Self.dataset.folds(seed: 2))
  }

  @Test func theOrderOfTheFilesDoesNotMatter() {
    let reversed = DatasetTests.dataset(of: Self.names.reversed(), labelled: Set(Self.names))
    #expect(reversed.folds() == Self.dataset.folds())
  }

  @Test func testCasesAndCasesWithoutLabelsAreInNoFold() {
    let dataset = DatasetTests.dataset(
      of: ["a", "b", "c", "d"], labelled: ["a", "b", "c"], test: ["c"])
    for fold in dataset.folds(count: 2) {
      #expect((fold.training + fold.validation).sorted() == ["a", "b"])
    }
  }

  @Test func aSplitInTheDescriptionWins() {
    let dataset = DatasetTests.dataset(
      of: ["a", "b", "c"], labelled: ["a", "b", "c"], folds: [["b"], ["a", "c"]])
    #expect(
      dataset.folds(count: 5, seed: 9) == [
        Fold(training: ["a", "c"], validation: ["b"]),
        Fold(training: ["b"], validation: ["a", "c"]),
      ])
  }

  @Test func fewCasesGiveFewFolds() {
    let two = DatasetTests.dataset(of: ["a", "b"], labelled: ["a", "b"])
    #expect(two.folds().count == 2)
    let one = DatasetTests.dataset(of: ["a"], labelled: ["a"])
    #expect(one.folds() == [Fold(training: ["a"], validation: [])])
    #expect(DatasetTests.dataset(of: ["a"], labelled: []).folds().isEmpty)
  }
}
