import Testing

@testable import Architecture

struct DesignGraphTests {
  @Test func aChainShowsItsStagesAndSkips() throws {
    let stage = ChainStage(blocks: 2, kernel: 3, channels: 4)
    let low = ChainStage(blocks: 1, kernel: 1, channels: 8)
    let chain = try ChainGenotype(
      encoder: [stage, low, low], decoder: [stage], normalization: .group, activation: .gelu)
    let graph = try #require(NetworkDesign.chain(["ct", "mri"], chain).graph)
    #expect(graph.title == "chain, group, gelu")
    #expect(graph.boxes == ["ct, mri", "2×3³×4", "1×1³×8", "1×1³×8", "2×3³×4", "output"])
    #expect(
      graph.arrows.map { "\($0.from)>\($0.to) \($0.title)" } == [
        "0>1 ", "1>2 halved", "2>3 halved", "3>4 doubled", "2>4 beside", "4>5 enlarged",
      ])
  }

  @Test func branchesAreWrittenForGraphviz() throws {
    let branches = try BranchedGenotype(layers: [
      BranchedLayer(sources: [0], kernel: 3, channels: 4),
      BranchedLayer(sources: [0, 1], merge: .concatenate, kernel: 1, channels: 8),
    ])
    #expect(
      NetworkDesign.branched(["c\"t"], branches).dot == """
        digraph network {
          rankdir=LR;
          node [shape=box, style=rounded];
          label="branches";
          box0 [label="c\\"t"];
          box1 [label="3³×4"];
          box2 [label="1³×8"];
          box3 [label="output", peripheries=2];
          box0 -> box1 [label=""];
          box0 -> box2 [label="concatenate"];
          box1 -> box2 [label="concatenate"];
          box2 -> box3 [label=""];
        }

        """)
  }

  @Test func baselinesHaveNone() {
    #expect(NetworkDesign.early(["ct"]).graph == nil && NetworkDesign.single("ct").dot == nil)
  }
}
