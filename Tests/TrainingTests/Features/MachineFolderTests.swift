import Foundation
import TestSupport
import Testing

@testable import Training

struct MachineFolderTests {
  private var options: MachineOptions {
    var options = MachineOptions()
    (options.hidden, options.joint, options.pretrainingEpochs, options.epochs) = (5, 4, 5, 2)
    return options
  }

  private func machine() throws -> FeatureMachine {
    try FeatureMachine(
      trainedOn: EmbeddingFixtures.table().samples(), modalities: ["ct", "mri"], options: options)
  }

  @Test func aMachineThatWasKeptSaysTheSame() throws {
    try withTemporaryFolder { path in
      let (folder, first) = (MachineFolder(path + "/m"), try machine())
      try folder.write(first, origin: EmbeddingFixtures.origin())
      let (second, origin) = try folder.read()
      #expect(origin == EmbeddingFixtures.origin())
      for sample in EmbeddingFixtures.table(seed: 3).samples() {
        expectClose(
          try second.representation(of: sample), try first.representation(of: sample),
          within: 1e-5)
      }
    }
  }

  private var folder: ChangedFolder {
    ChangedFolder(
      write: { try MachineFolder($0).write(machine(), origin: EmbeddingFixtures.origin()) },
      read: { _ = try MachineFolder($0).read() })
  }

  private func edited(_ old: String, _ new: String) throws -> String {
    try folder.problem(in: "machine.json", replacing: old, by: new)
  }

  @Test func theWeightsOfANetworkAreNotReplaced() throws {
    try withTemporaryFolder { path in
      let weights = path + "/weights.safetensors"
      try Data("a network".utf8).write(to: URL(fileURLWithPath: weights))
      #expect(throws: EmbeddingError.otherWeights(path: path)) {
        try MachineFolder(path).write(machine(), origin: EmbeddingFixtures.origin())
      }
      #expect(try String(contentsOfFile: weights, encoding: .utf8) == "a network")
      // A machine replaces one that is there.
      let folder = MachineFolder(path + "/m")
      for _ in 0..<2 { try folder.write(machine(), origin: EmbeddingFixtures.origin()) }
      #expect(try folder.read().machine.modalities == ["ct", "mri"])
    }
  }

  @Test func whatIsNoMachineIsRefused() throws {
    let bounds = "it does not describe a machine of layers of 1 to 4096 units"
    let advice = ". Train one with `chiasm infill --train`."
    let prefix = "machine.json: this is no machine that can be used: "
    #expect(try edited("\"joint\" : 4", "\"joint\" : 0") == prefix + bounds + advice)
    #expect(try edited("\"joint\" : 4", "\"joint\" : 99999999") == prefix + bounds + advice)
    #expect(try edited("chiasm machine 1", "chiasm machine 2") == prefix + bounds + advice)
    #expect(
      try edited("\"joint\"", "\"units\" : 3, \"joint\"")
        == prefix + "'units' is no key; known are format, joint, origin, pathways" + advice)
    #expect(
      try edited("\"joint\" : 4", "\"joint\" : 5")
        == "weights.safetensors: the weights do not fit: 'ct.layer1.weights' has the shape [5, 4], "
        + "expected [5, 5]. Train again, or name the run they belong to.")
    #expect(
      try edited("\"joint\" : 4", "\"joint\" : 4096")
        == "weights.safetensors: the weights do not fit: machine.json describes 40990 weights, which do "
        + "not fit into it. Train again, or name the run they belong to.")
    #expect(
      try folder.problem { try FileManager.default.removeItem(atPath: $0 + "/machine.json") }
        == prefix + "No such file or directory" + advice)
    #expect(
      try folder.problem { try FileManager.default.removeItem(atPath: $0 + "/weights.safetensors") }
        .contains("weights.safetensors"))
  }
}
