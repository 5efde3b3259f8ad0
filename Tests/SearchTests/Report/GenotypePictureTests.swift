import Architecture
import Imaging
import Testing

@testable import Search

struct GenotypePictureTests {
  @Test func boxesAreModalitiesAndNodesAndArrowsAreEdges() throws {
    let cell = try CellGenotype(
      inputs: 2,
      nodes: [
        Node(edges: [Edge(source: 0, operation: .convolution3)]),
        Node(
          combination: .gated,
          edges: [Edge(source: 1, operation: .skip), Edge(source: 2, operation: .convolution1)]),
      ])
    let genotype = try Genotype(modalities: ["ct", "mri"], cells: [cell])
    let graph = try #require(GenotypePicture.graphs(of: .fused(genotype)).first)
    #expect(graph.title == "all levels")
    #expect(graph.boxes.map(\.title) == ["ct", "mri", "node 0", "gated"])
    #expect(graph.boxes.map(\.isMarked) == [false, false, false, true])
    #expect(graph.arrows.map { [$0.from, $0.to] } == [[0, 2], [1, 3], [2, 3]])
    #expect(graph.arrows.map(\.title) == ["conv3", "skip", "conv1"])
  }

  @Test func aCoordinatedCellSaysWhatTiesIt() throws {
    let coordination = try Coordination(.canonicalCorrelation, weight: 0.5)
    let genotype = try Genotype(
      modalities: ["ct", "mri"],
      cells: [
        .coordinated(by: coordination, .convolution1, inputs: 2),
        .uniform(.sum, .skip, inputs: 2),
      ])
    let graphs = GenotypePicture.graphs(of: .fused(genotype))
    #expect(graphs.map(\.title) == ["level 0: coordinated, cca 0.5", "level 1"])
    #expect(graphs[0].boxes.map(\.title) == ["ct", "mri", "mean"])
  }

  @Test func aChainIsOneGraph() throws {
    let stage = ChainStage(blocks: 1, kernel: 3, channels: 4)
    let chain = try ChainGenotype(
      encoder: [stage, stage], decoder: [stage], normalization: .batch, activation: .silu)
    let graphs = GenotypePicture.graphs(of: .chain(["ct"], chain))
    #expect(graphs.map(\.title) == ["chain, batch, silu"])
    #expect(graphs[0].boxes.map(\.isMarked) == [false, false, false, false, true])
    #expect(
      graphs[0].arrows.map { [$0.from, $0.to] } == [[0, 1], [1, 2], [2, 3], [1, 3], [3, 4]])
  }
}
