import Imaging
import TestSupport
import Testing

@testable import Training

struct CaseSplitTests {
  private func dataset(_ folder: String, cases: Int = 10) throws -> Dataset {
    let names = (0..<cases).map { "case\($0)" }
    let files = names.map { name in
      CaseFiles(
        name: name, images: ["ct": FileReference(path: folder + "/\(name).nii.gz")],
        labels: FileReference(path: folder + "/\(name)-labels.nii.gz"))
    }
    return Dataset(
      name: "ten", root: folder, reference: "ct", modalities: [Modality(name: "ct", kind: .ct)],
      labels: [Label(name: "a", value: 1)], licence: nil, cases: files, testCases: ["case9"])
  }

  @Test func aFoldIsHeldOutAndTestCasesAreNeverSeen() throws {
    let dataset = try dataset("x")
    let split = try CaseSplit(of: dataset, fold: 2)
    let training = Set(split.training.map(\.name))
    let validation = Set(split.validation.map(\.name))
    #expect(training.isDisjoint(with: validation))
    #expect(training.union(validation) == Set((0..<9).map { "case\($0)" }))
    #expect(!validation.isEmpty)
  }

  @Test func withoutAFoldAllLabelledCasesAreLearntFrom() throws {
    let split = try CaseSplit(of: dataset("x"), fold: nil)
    #expect(split.training.count == 9)
    #expect(split.validation.isEmpty)
  }

  @Test func aFoldThatDoesNotExistIsAnError() throws {
    let dataset = try dataset("x")
    #expect(throws: TrainingError.badFold(fold: 5, count: 5)) {
      try CaseSplit(of: dataset, fold: 5)
    }
  }
}
