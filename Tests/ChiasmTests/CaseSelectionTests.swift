import Imaging
import Testing

@testable import chiasm

struct CaseSelectionTests {
  private let dataset = Dataset(
    name: "Knees", root: "", reference: "mri", modalities: [Modality(name: "mri", kind: .mri)],
    labels: [Label(name: "bone", value: 1)],
    cases: ["a", "b", "c", "d"].map { name in
      CaseFiles(
        name: name, images: ["mri": FileReference(path: "\(name).nii")],
        labels: FileReference(path: "\(name)-mask.nii"))
    },
    folds: [["a", "c"], ["b", "d"]])

  private func selection(_ words: String...) throws(UsageError) -> CaseSelection {
    var arguments = Arguments(words)
    return try CaseSelection(&arguments)
  }

  @Test func takesAllAFoldOrTheNamed() throws {
    #expect(try selection().choose(from: dataset).map(\.name) == ["a", "b", "c", "d"])
    #expect(try selection("--fold", "1").choose(from: dataset).map(\.name) == ["b", "d"])
    #expect(try selection("--cases", "c,a").choose(from: dataset).map(\.name) == ["a", "c"])
  }

  @Test func refusesWhatDoesNotExist() {
    #expect(throws: UsageError("--fold 2: 'Knees' has the folds 0 to 1.")) {
      try selection("--fold", "2").choose(from: dataset)
    }
    #expect(throws: UsageError("--cases: Knees has no case 'x'.")) {
      try selection("--cases", "x").choose(from: dataset)
    }
    #expect(throws: UsageError("--fold and --cases cannot be combined.")) {
      try selection("--cases", "a", "--fold", "0")
    }
    #expect(throws: UsageError("--fold needs a dataset, and masks is a folder.")) {
      try selection("--fold", "0").choose(fromNames: ["a"], in: "masks")
    }
  }
}
