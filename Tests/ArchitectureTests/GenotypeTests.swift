import Architecture
import Testing

struct GenotypeTests {
  private func perLevel() throws -> Genotype {
    let gated = Node(combination: .gated, edges: [edge(0, .convolution3), edge(1, .skip)])
    return try Genotype(
      modalities: ["ct", "mri"],
      cells: [
        CellGenotype(inputs: 2, nodes: [gated]), .identity(ofInput: 0, inputs: 2),
        .identity(ofInput: 0, inputs: 2),
      ])
  }

  @Test func aSharedCellServesEveryLevel() throws {
    let cell = try CellGenotype.uniform(.sum, .skip, inputs: 2)
    let genotype = try Genotype(modalities: ["ct", "mri"], cells: [cell])
    #expect((0..<5).allSatisfy { genotype.cell(atLevel: $0, of: 5) == cell })
    #expect(genotype.fits(levels: 1) && genotype.fits(levels: 7))
  }

  @Test func cellsOfTheirOwnServeTheirLevel() throws {
    let genotype = try perLevel()
    #expect((0..<3).map { genotype.cell(atLevel: $0, of: 3) } == genotype.cells)
    #expect(!genotype.fits(levels: 4))
    #expect(
      message { try genotype.check(levels: 4) }
        == "The genotype has 3 cells, but the network has 4 levels. Give it one cell for all "
        + "levels, or 4.")
  }

  @Test func anEncoderIsAsDeepAsItIsRead() throws {
    let genotype = try perLevel()
    #expect(genotype.depth(ofModality: 0, levels: 3) == 3)
    #expect(genotype.depth(ofModality: 1, levels: 3) == 1)
    let identity = try Genotype(
      modalities: ["ct", "mri"], cells: [.identity(ofInput: 1, inputs: 2)])
    #expect(identity.depth(ofModality: 0, levels: 4) == 0)
    #expect(identity.depth(ofModality: 1, levels: 4) == 4)
  }

  @Test func aModalityIsReadWhereAnyCellReadsIt() throws {
    #expect((0..<2).map(try perLevel().reads) == [true, true])
    let identity = try Genotype(
      modalities: ["ct", "mri"], cells: [.identity(ofInput: 1, inputs: 2)])
    #expect((0..<2).map(identity.reads) == [false, true])
    #expect(NetworkDesign.fused(identity).isRead == [false, true])
    #expect(NetworkDesign.early(["ct", "mri"]).isRead == [true, true])
  }

  @Test func jsonRoundTrips() throws {
    let genotype = try perLevel()
    #expect(try decode(Genotype.self, encode(genotype)) == genotype)
  }

  @Test func genotypesThatCannotBeBuiltAreRefused() throws {
    let cell = try CellGenotype.uniform(.sum, .skip, inputs: 2)
    func refusal(_ modalities: [String], _ cells: [CellGenotype]) -> String {
      message { _ = try Genotype(modalities: modalities, cells: cells) }
    }
    #expect(refusal([], [cell]) == "There is no modality. Name at least one.")
    #expect(
      refusal(["ct", ""], [cell])
        == "Modality 1 has an empty name. Give every modality a name.")
    #expect(
      refusal(["ct", "ct"], [cell])
        == "The modality 'ct' is named twice. Name every modality once.")
    #expect(
      refusal((0..<33).map { "m\($0)" }, [cell])
        == "At most 32 modalities can be fused, found 33.")
    #expect(refusal(["ct", "mri"], []) == "A genotype has 1 to 16 cells, found 0.")
    #expect(
      refusal(["ct", "mri", "pet"], [cell])
        == "Cell 0 has 2 inputs, but there are 3 modalities (ct, mri, pet). Give every cell one "
        + "input per modality.")
  }

  @Test func aFaultInJSONNamesItsCell() {
    let json =
      #"{"modalities": ["ct"], "cells": ["#
      + #"{"inputs": 1, "nodes": [{"edges": [{"source": 0, "operation": "skip"}]}]}, "#
      + #"{"inputs": 1, "nodes": [{"edges": [{"source": 1, "operation": "skip"}]}]}]}"#
    #expect(
      message { _ = try decode(Genotype.self, json) }
        == "Cell 1: Node 0 reads state 1, but may only read states 0 to 0: the 1 inputs and the "
        + "nodes before it.")
    #expect(
      message {
        _ = try decode(
          Genotype.self,
          #"{"modalities": ["ct"], "cells": [{"representation": "jiont", "inputs": 1, "#
            + #""nodes": []}]}"#)
      } == "Cell 0: Unknown representation 'jiont'. Known: joint, coordinated.")
    #expect(
      message { _ = try decode(Genotype.self, #"{"modalities": ["ct"], "cell": []}"#) }
        == "Unknown key 'cell' in a genotype. Known keys: modalities, cells, kind.")
  }
}
