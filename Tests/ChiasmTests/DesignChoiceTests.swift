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
    #expect(try design() == .fused(.concatenation(of: ["ct", "mri", "pet"])))
    #expect(try design("--modalities", "pet,ct") == .fused(.concatenation(of: ["pet", "ct"])))
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
          "--genotype says which modalities and which fusion; leave --modalities and --fusion out.")
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
