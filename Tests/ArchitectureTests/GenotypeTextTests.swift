import Architecture
import Testing

struct GenotypeTextTests {
  private func twoNodeCell() throws -> CellGenotype {
    try CellGenotype(
      inputs: 2,
      nodes: [
        Node(combination: .sum, edges: [edge(0, .skip), edge(1, .skip)]),
        Node(combination: .concatenate, edges: [edge(1, .convolution1), edge(2, .convolution3)]),
      ])
  }

  @Test func oneLineSaysEveryLevel() throws {
    let gated = Node(combination: .gated, edges: [edge(0, .convolution3), edge(1, .skip)])
    let genotype = try Genotype(
      modalities: ["ct", "mri"],
      cells: [CellGenotype(inputs: 2, nodes: [gated]), .identity(ofInput: 0, inputs: 2)])
    #expect(genotype.description == "level 0: gated(conv3(ct), skip(mri)) | level 1: skip(ct)")
  }

  @Test func innerNodesAreNamedBeforeTheyAreRead() throws {
    let genotype = try Genotype(modalities: ["ct", "mri"], cells: [twoNodeCell()])
    #expect(
      genotype.description
        == "all levels: node 0 = sum(skip(ct), skip(mri)); concat(conv1(mri), conv3(node 0))")
  }

  @Test func dotDrawsEveryNodeAndEdge() throws {
    let genotype = try Genotype(modalities: ["ct", "m\"r"], cells: [twoNodeCell()])
    #expect(
      genotype.dot == #"""
        digraph genotype {
          rankdir=LR;
          node [shape=box, style=rounded];
          subgraph cluster_0 {
            label="all levels: joint";
            cell0_state0 [label="ct", shape=ellipse];
            cell0_state1 [label="m\"r", shape=ellipse];
            cell0_state2 [label="sum"];
            cell0_state3 [label="concat", peripheries=2];
            cell0_state0 -> cell0_state2 [label="skip"];
            cell0_state1 -> cell0_state2 [label="skip"];
            cell0_state1 -> cell0_state3 [label="conv1"];
            cell0_state2 -> cell0_state3 [label="conv3"];
          }
        }

        """#)
  }

  @Test func coordinatedLevelsSayTheirProjectionsAndTheirConstraint() throws {
    let cell = try CellGenotype.coordinated(
      by: Coordination(.cosine, weight: 0.1), .convolution1, inputs: 2)
    let genotype = try Genotype(
      modalities: ["ct", "mri"], cells: [cell, .uniform(.meanVariance, .skip, inputs: 2)])
    #expect(
      genotype.description
        == "level 0: coordinated(conv1(ct), conv1(mri); cosine 0.1) | "
        + "level 1: mean+var(skip(ct), skip(mri))")
    #expect(genotype.dot.contains(#"label="level 0: coordinated, cosine 0.1";"#))
    #expect(genotype.dot.contains(#"label="level 1: joint";"#))
  }
}
