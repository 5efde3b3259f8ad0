import Architecture
import Foundation
import Imaging
import Testing

@testable import chiasm

struct DesignChoiceTests {
  private let dataset = Dataset(
    name: "Knees", root: "", reference: "ct",
    modalities: [
      Modality(name: "ct", kind: .ct), Modality(name: "mri", kind: .mri),
      Modality(name: "pet", kind: .pet),
    ], labels: [], cases: [])

  private func design(_ words: String..., resumed: String? = nil) throws -> NetworkDesign {
    var arguments = Arguments(words)
    return try DesignChoice(&arguments).design(for: dataset, resumed: resumed)
  }

  @Test func oneModalityNeedsNoFusion() throws {
    #expect(try design("--modalities", "mri") == .single("mri"))
    #expect(try design("--modalities", "mri", "--fusion", "early") == .single("mri"))
  }

  @Test func severalModalitiesAreFused() throws {
    #expect(try design("--fusion", "early") == .early(["ct", "mri", "pet"]))
    #expect(try design("--fusion", "early", "--modalities", "ct,pet") == .early(["ct", "pet"]))
    #expect(try design() == joint(["ct", "mri", "pet"], .concatenate))
    #expect(try design("--modalities", "pet,ct") == joint(["pet", "ct"], .concatenate))
    #expect(
      try design("--combination", "meanVariance") == joint(["ct", "mri", "pet"], .meanVariance))
  }

  private func joint(_ names: [String], _ combination: Combination) throws -> NetworkDesign {
    .fused(
      try Genotype(
        modalities: names, cells: [.uniform(combination, .skip, inputs: names.count)]))
  }

  private func coordinated(
    _ names: [String], _ constraint: Constraint, _ weight: Double
  ) throws -> NetworkDesign {
    let coordination = try Coordination(constraint, weight: weight)
    return .fused(
      try Genotype(
        modalities: names,
        cells: [.coordinated(by: coordination, .convolution1, inputs: names.count)]))
  }

  @Test func modalitiesAreCoordinatedByAConstraint() throws {
    #expect(
      try design("--fusion", "coordinated")
        == coordinated(["ct", "mri", "pet"], .canonicalCorrelation, 0.1))
    #expect(
      try design(
        "--fusion", "coordinated", "--modalities", "ct,pet", "--constraint", "cosine", "--weight",
        "2") == coordinated(["ct", "pet"], .cosine, 2))
    #expect(try design("--fusion", "coordinated", "--modalities", "ct") == .single("ct"))
  }

  @Test func optionsOfAnotherFusionAreRefused() {
    #expect(throws: UsageError("--combination belongs to --fusion joint.")) {
      try design("--fusion", "coordinated", "--combination", "mean")
    }
    #expect(throws: UsageError("--constraint and --weight belong to --fusion coordinated.")) {
      try design("--constraint", "cosine")
    }
    #expect(
      throws: UsageError(
        "--constraint takes one of canonicalCorrelation, cosine, contrastive, "
          + "redundancyReduction, not 'hinge'.")
    ) { try design("--fusion", "coordinated", "--constraint", "hinge") }
  }

  @Test func aFileAndAResumedRunSayWhichNetwork() throws {
    try withFolder { folder in
      let path = folder + "/genotype.json"
      let early = NetworkDesign.early(["ct", "mri"])
      try JSONEncoder().encode(early).write(to: URL(fileURLWithPath: path))
      #expect(try design("--genotype", path) == early)
      #expect(try design(resumed: path) == early)
      #expect(try design("--modalities", "ct", resumed: path) == .single("ct"))
      #expect(
        throws: UsageError(
          "--genotype says which modalities and which fusion; leave --modalities, --fusion and "
            + "--combination out.")
      ) { try design("--genotype", path, "--fusion", "early") }
    }
  }

  @Test func refusesWhatTheDatasetDoesNotHave() {
    #expect(throws: UsageError("'Knees' has no modality 'us'; it has ct, mri, pet.")) {
      try design("--modalities", "us")
    }
    #expect(throws: UsageError("--genotype: there is no file /nowhere/g.json.")) {
      try design("--genotype", "/nowhere/g.json")
    }
  }
}
