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

  private func problem(_ change: (String) throws -> Void) throws -> String {
    try withTemporaryFolder { path in
      let folder = MachineFolder(path)
      try folder.write(machine(), origin: EmbeddingFixtures.origin())
      try change(path)
      do {
        _ = try folder.read()
        return "none"
      } catch {
        return "\(error)".replacing(path + "/", with: "")
      }
    }
  }

  private func edited(_ old: String, _ new: String) throws -> String {
    try problem { path in
      let text = try String(contentsOfFile: path + "/machine.json", encoding: .utf8)
      #expect(text.contains(old))
      try text.replacing(old, with: new)
        .write(toFile: path + "/machine.json", atomically: true, encoding: .utf8)
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
      try edited("\"joint\" : 4", "\"joint\" : 5")
        == "weights.safetensors: the weights do not fit: 'ct.layer1.weights' has the shape [5, 4], "
        + "expected [5, 5]. Train again, or name the run they belong to.")
    #expect(
      try problem { try FileManager.default.removeItem(atPath: $0 + "/machine.json") }
        == prefix + "No such file or directory" + advice)
    #expect(
      try problem { try FileManager.default.removeItem(atPath: $0 + "/weights.safetensors") }
        .contains("weights.safetensors"))
  }
}
