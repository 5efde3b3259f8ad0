import Architecture
import Testing

struct RepresentationTests {
  @Test func titlesSayWhatTiesASpace() throws {
    #expect(Representation.joint.title == "joint")
    let coordination = try Coordination(.contrastive, weight: 0.25)
    #expect(Representation.coordinated(coordination).title == "coordinated, contrastive 0.25")
    #expect(Representation.coordinated(coordination).name == "coordinated")
  }

  @Test func anUnknownRepresentationListsTheKnown() {
    let text = message {
      _ = try decode(
        CellGenotype.self, #"{"representation": "disjoint", "inputs": 2, "nodes": []}"#)
    }
    #expect(text == "Unknown representation 'disjoint'. Known: joint, coordinated.")
  }
}
