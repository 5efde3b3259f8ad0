import Architecture
import Testing

struct CellGenotypeTests {
  //  ct (0) ──skip────┐
  //                   node 0 (sum) ──conv1──┐
  //  mri (1) ──conv3──┤                     node 1 (gated) = output
  //                   └─────────────────────┘
  private func twoNodes() throws -> CellGenotype {
    try CellGenotype(
      inputs: 2,
      nodes: [
        Node(combination: .sum, edges: [edge(0, .skip), edge(1, .convolution3)]),
        Node(combination: .gated, edges: [edge(2, .convolution1), edge(1, .convolution3)]),
      ])
  }

  @Test func aValidCellKeepsWhatItWasMadeOf() throws {
    let cell = try twoNodes()
    #expect(cell.inputs == 2)
    #expect(cell.nodes.count == 2)
    #expect(cell.representation == .joint)
    #expect(cell.reads(input: 0) && cell.reads(input: 1))
  }

  @Test func aSingleEdgeHasNothingToCombine() {
    let gated = Node(combination: .gated, edges: [edge(0, .skip)])
    #expect(gated == Node(edges: [edge(0, .skip)]))
    #expect(gated.combination == .sum)
  }

  @Test func identityReadsOneModalityOnly() throws {
    let cell = try CellGenotype.identity(ofInput: 1, inputs: 3)
    #expect((0..<3).map { cell.reads(input: $0) } == [false, true, false])
    #expect(cell.nodes == [Node(edges: [edge(1, .skip)])])
  }

  @Test func uniformReadsEveryModality() throws {
    let cell = try CellGenotype.uniform(.concatenate, .convolution1, inputs: 3)
    let edges = [edge(0, .convolution1), edge(1, .convolution1), edge(2, .convolution1)]
    #expect(cell.nodes == [Node(combination: .concatenate, edges: edges)])
  }

  @Test func jsonIsReadableAndRoundTrips() throws {
    let cell = try twoNodes()
    let json = try encode(cell)
    #expect(
      json == #"{"inputs":2,"nodes":[{"combination":"sum","edges":["#
        + #"{"operation":"skip","source":0},{"operation":"convolution3","source":1}]},"#
        + #"{"combination":"gated","edges":[{"operation":"convolution1","source":2},"#
        + #"{"operation":"convolution3","source":1}]}],"representation":"joint"}"#)
    #expect(try decode(CellGenotype.self, json) == cell)
  }

  @Test func combinationAndRepresentationMayBeLeftOutWhereThereIsNoChoice() throws {
    let json = #"{"inputs": 2, "nodes": [{"edges": [{"source": 1, "operation": "skip"}]}]}"#
    #expect(try decode(CellGenotype.self, json) == .identity(ofInput: 1, inputs: 2))
  }

  @Test func cellsThatCannotBeBuiltAreRefused() {
    func refusal(inputs: Int = 2, _ nodes: [Node]) -> String {
      message { _ = try CellGenotype(inputs: inputs, nodes: nodes) }
    }
    let skip = Node(edges: [edge(0, .skip)])
    #expect(refusal([]) == "A cell has 1 to 16 nodes, found 0.")
    #expect(refusal(inputs: 0, [skip]) == "There is no modality. Name at least one.")
    #expect(refusal([Node(edges: [])]) == "Node 0 reads nothing. Give it at least one edge.")
    #expect(
      refusal([skip, Node(edges: [edge(0, .skip)])])
        == "Node 0 is read by no later node. Let one read it, or leave it out.")
    #expect(
      refusal([Node(edges: [edge(2, .skip)])])
        == "Node 0 reads state 2, but may only read states 0 to 1: the 2 inputs and the nodes "
        + "before it.")
    #expect(
      refusal([Node(edges: [edge(-1, .skip)])])
        == "Node 0 reads state -1, but may only read states 0 to 1: the 2 inputs and the nodes "
        + "before it.")
    #expect(
      refusal([Node(edges: Array(repeating: edge(0, .skip), count: 65))])
        == "Node 0 has 65 edges, at most 64 are allowed.")
  }

  @Test func jsonThatCannotBeBuiltIsRefused() {
    func refusal(_ json: String) -> String {
      message { _ = try decode(CellGenotype.self, json) }
    }
    #expect(
      refusal(#"{"inputs": 1, "nodes": [{"combination": "sum", "edges": []}]}"#)
        == "Node 0 reads nothing. Give it at least one edge.")
    let skip = #"{"edges": [{"source": 0, "operation": "skip"}]}"#
    #expect(
      refusal(#"{"inputs": 9223372036854775807, "nodes": [\#(skip), \#(skip)]}"#)
        == "At most 32 modalities can be fused, found 9223372036854775807.")
    #expect(
      refusal(#"{"inputs": 1, "nodes": [], "represntation": "joint"}"#)
        == "Unknown key 'represntation' in a cell. Known keys: representation, inputs, nodes.")
    #expect(
      refusal(#"{"inputs": 1, "nodes": [{"edges": [], "join": "sum"}]}"#)
        == "Unknown key 'join' in a node. Known keys: combination, edges.")
    #expect(
      refusal(#"{"inputs": 1, "nodes": [{"edges": [{"source": 0, "op": "skip"}]}]}"#)
        == "Unknown key 'op' in an edge. Known keys: source, operation.")
  }

  private func coordinated() throws -> CellGenotype {
    try .coordinated(by: Coordination(.cosine, weight: 0.1), .convolution1, inputs: 2)
  }

  @Test func aCoordinatedCellIsTheMeanOfItsProjections() throws {
    let cell = try coordinated()
    #expect(
      cell.nodes
        == [Node(combination: .mean, edges: [edge(0, .convolution1), edge(1, .convolution1)])])
    #expect(try cell.coordination == Coordination(.cosine, weight: 0.1))
    #expect(try twoNodes().coordination == nil)
  }

  @Test func aCoordinatedCellSaysItsConstraintInJSON() throws {
    let json = try encode(coordinated())
    #expect(
      json == #"{"constraint":"cosine","inputs":2,"nodes":[{"combination":"mean","edges":["#
        + #"{"operation":"convolution1","source":0},{"operation":"convolution1","source":1}]}],"#
        + #""representation":"coordinated","weight":0.1}"#)
    #expect(try decode(CellGenotype.self, json) == coordinated())
  }

  @Test func aConstraintBelongsToCoordinatedCellsOnly() throws {
    let nodes = #""nodes": [{"edges": [{"source": 1, "operation": "skip"}]}]"#
    #expect(
      message {
        _ = try decode(CellGenotype.self, #"{"constraint": "cosine", "inputs": 2, \#(nodes)}"#)
      } == "Unknown key 'constraint' in a cell. Known keys: representation, inputs, nodes.")
    let weightless = #"{"representation": "coordinated", "constraint": "cosine", "inputs": 2, "#
    #expect(
      message { _ = try decode(CellGenotype.self, weightless + nodes + "}") }
        == "There is no 'weight' in a coordinated cell. Add it.")
    #expect(
      message { _ = try decode(CellGenotype.self, #"{"inputs": 2}"#) }
        == "There is no 'nodes' in a cell. Add it.")
  }

  @Test func coordinatedCellsOfAnotherFormAreRefused() throws {
    let representation = Representation.coordinated(try Coordination(.cosine, weight: 0.1))
    func refusal(_ nodes: [Node]) -> String {
      message {
        _ = try CellGenotype(inputs: 2, nodes: nodes, representation: representation)
      }
    }
    let both = [edge(0, .skip), edge(1, .skip)]
    let expected =
      "A coordinated cell is one node that takes the mean of two modalities or more, each of them "
      + "read once and without cross-modal attention. Give it that node, or make the cell joint."
    #expect(refusal([Node(combination: .sum, edges: both)]) == expected)
    #expect(refusal([Node(edges: [edge(0, .skip)])]) == expected)
    #expect(refusal([Node(combination: .mean, edges: both + [edge(0, .skip)])]) == expected)
    #expect(
      refusal([
        Node(combination: .mean, edges: both),
        Node(combination: .mean, edges: both + [edge(2, .skip)]),
      ]) == expected)
  }
}
