import Architecture
import Testing

struct RepresentationTests {
  @Test func jointIsWrittenByName() throws {
    #expect(try encode([Representation.joint]) == #"["joint"]"#)
    #expect(try decode([Representation].self, #"["joint"]"#) == [.joint])
  }

  @Test func anUnknownRepresentationListsTheKnown() {
    let text = message { _ = try decode([Representation].self, #"["coordinated"]"#) }
    #expect(text == "Unknown representation 'coordinated'. Known: joint.")
  }
}
