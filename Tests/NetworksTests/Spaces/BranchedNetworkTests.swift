import Architecture
import Networks
import Testing
import Torch

/// Reference values: PyTorch 2.15, from Tests/Reference/space_values.py.
struct BranchedNetworkTests {
  @Test(arguments: [
    ("single", [BranchedLayer(sources: [0], kernel: 3, channels: 4)]),
    (
      "mixed",
      [
        BranchedLayer(sources: [0], kernel: 3, channels: 4),
        BranchedLayer(sources: [0, 1], merge: .concatenate, kernel: 1, channels: 8),
        BranchedLayer(sources: [0, 1, 2], merge: .sum, kernel: 3, channels: 4),
      ]
    ),
    (
      "even",
      [
        BranchedLayer(sources: [0], kernel: 5, channels: 4),
        BranchedLayer(sources: [1], kernel: 3, channels: 4),
        BranchedLayer(sources: [1, 2], merge: .sum, kernel: 1, channels: 6),
      ]
    ),
  ])
  func agreesWithPyTorch(name: String, layers: [BranchedLayer]) throws {
    try expectReference(
      .branched(["ct", "mri"], BranchedGenotype(layers: layers)), "\(name) branches",
      patch: [3, 4, 5])
  }

  @Test func everyNetworkHasAsManyWeightsAsItsCostSays() throws {
    let space = try BranchedSpace(layers: 1...5, channels: [3, 8, 12])
    try expectCostsAndKernels(
      of: .branches(space, modalities: ["ct", "mri", "pet"]), count: 40, seed: 4)
  }

  @Test func tooManyWeightsAreRefusedBeforeMemoryIsAskedFor() throws {
    let wide = BranchedLayer(sources: [0], kernel: 15, channels: 4096)
    let wider = BranchedLayer(sources: [1], kernel: 15, channels: 4096)
    let design = NetworkDesign.branched(["ct"], try BranchedGenotype(layers: [wide, wider]))
    let error = #expect(throws: TorchError.self) { try filledNetwork(design) }
    #expect(
      error?.reason
        == "The network has 56636964867 weights, at most 1073741824 can be built. Give it fewer channels "
        + "or smaller kernels.")
  }
}
