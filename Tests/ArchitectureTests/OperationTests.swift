import Architecture
import Testing

struct OperationTests {
  @Test func namesAreStable() throws {
    let names = Architecture.Operation.allCases.map(\.rawValue)
    #expect(names == ["skip", "convolution1", "convolution3"])
    #expect(Architecture.Operation.allCases.map(\.title) == ["skip", "conv1", "conv3"])
    #expect(Architecture.Operation.allCases.map(\.kernelEdge) == [nil, 1, 3])
  }

  @Test func everyOperationSurvivesJSON() throws {
    for operation in Architecture.Operation.allCases {
      let copy = try decode([Architecture.Operation].self, encode([operation]))
      #expect(copy == [operation])
    }
  }

  @Test func anUnknownOperationListsTheKnown() {
    let text = message { _ = try decode([Architecture.Operation].self, #"["pool"]"#) }
    #expect(text == "Unknown operation 'pool'. Known: skip, convolution1, convolution3.")
  }
}
