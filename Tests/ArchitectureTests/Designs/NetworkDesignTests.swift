import Architecture
import Testing

struct NetworkDesignTests {
  private func designs() throws -> [NetworkDesign] {
    let cell = try CellGenotype.uniform(.gated, .skip, inputs: 2)
    return [
      .fused(try Genotype(modalities: ["ct", "mri"], cells: [cell])), .early(["ct", "mri"]),
      .single("mri"),
    ]
  }

  @Test func everyDesignKnowsItsModalities() throws {
    let designs = try designs()
    #expect(designs.map(\.modalities) == [["ct", "mri"], ["ct", "mri"], ["mri"]])
    #expect(designs.map(\.title) == ["fused", "early fusion", "only mri"])
    #expect(
      designs.map(\.description) == [
        "all levels: gated(skip(ct), skip(mri))", "early fusion of ct, mri", "only mri",
      ])
  }

  @Test func jsonRoundTripsAndSaysItsKind() throws {
    for design in try designs() {
      #expect(try decode(NetworkDesign.self, encode(design)) == design)
    }
    #expect(
      try encode(NetworkDesign.early(["ct", "mri"]))
        == #"{"kind":"early","modalities":["ct","mri"]}"#)
    #expect(try encode(NetworkDesign.single("ct")) == #"{"kind":"single","modality":"ct"}"#)
    #expect(try encode(designs()[0]).contains(#""kind":"fused""#))
  }

  @Test func aPlainGenotypeIsAFusedDesign() throws {
    let genotype = try Genotype(modalities: ["ct"], cells: [.identity(ofInput: 0, inputs: 1)])
    #expect(try decode(NetworkDesign.self, encode(genotype)) == .fused(genotype))
  }

  @Test func badDesignsAreRefused() {
    func refusal(_ json: String) -> String {
      message { _ = try decode(NetworkDesign.self, json) }
    }
    #expect(
      refusal("{}") == "The design says neither 'kind' nor 'cells'. Known kinds: fused, early, "
        + "single, chain, branched.")
    #expect(
      refusal(#"{"kind": "late"}"#)
        == "Unknown kind 'late'. Known: fused, early, single, chain, branched.")
    #expect(
      refusal(#"{"kind": "early", "modalities": []}"#)
        == "There is no modality. Name at least one.")
    #expect(
      refusal(#"{"kind": "early", "modalities": ["a", "a"]}"#)
        == "The modality 'a' is named twice. Name every modality once.")
    #expect(
      refusal(#"{"kind": "single", "modality": ""}"#)
        == "Modality 0 has an empty name. Give every modality a name.")
    #expect(
      refusal(#"{"kind": "single", "modality": "ct", "modalities": ["ct"]}"#)
        == "Unknown key 'modalities' in a single design. Known keys: kind, modality.")
    #expect(
      refusal(#"{"kind": "early", "modalities": ["ct"], "cells": []}"#)
        == "Unknown key 'cells' in an early design. Known keys: kind, modalities.")
  }

  private func topology(levels: Int, channels: Int = 4) -> Topology {
    Topology(
      levels: (0..<levels).map { _ in
        .init(channels: channels, kernel: [3, 3, 3], stride: [1, 1, 1])
      }, blocksPerLevel: 1, classes: 3)
  }

  @Test func aDesignIsCheckedAgainstTheTopology() throws {
    for design in try designs() { try design.check(topology: topology(levels: 5)) }
    let cell = try CellGenotype.identity(ofInput: 0, inputs: 1)
    let two = NetworkDesign.fused(try Genotype(modalities: ["ct"], cells: [cell, cell]))
    try two.check(topology: topology(levels: 2))
    #expect(
      message { try two.check(topology: topology(levels: 3)) }
        == "The genotype has 2 cells, but the network has 3 levels. Give it one cell for all "
        + "levels, or 3.")
    #expect(
      message { try NetworkDesign.single("").check(topology: topology(levels: 3)) }
        == "Modality 0 has an empty name. Give every modality a name.")
    // Encoder 27·(4096 + 4096²) and decoder 4096² + 27·2·4096², 4096 each of biases, scales and shifts, and
    // three classes.
    let found = 27 * 4096 + 4096 * 4096 * (27 + 1 + 54) + 4096 * (3 * 3 + 1) + 3 * 4097
    let wide = topology(levels: 2, channels: 4096)
    #expect(
      message { try NetworkDesign.single("ct").check(topology: wide) }
        == "The network has \(found) weights, at most 1073741824 can be built. Give it fewer channels or "
        + "smaller kernels.")
  }
}
