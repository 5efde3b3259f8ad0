import Architecture
import Testing

struct OperationTests {
  @Test func namesAreStable() throws {
    let names = Architecture.Operation.allCases.map(\.rawValue)
    #expect(
      names == [
        "skip", "convolution1", "convolution3", "convolution5", "separable3", "dilated3",
        "averagePool3", "maxPool3", "channelAttention", "crossModalAttention",
      ])
    let titles = Architecture.Operation.allCases.map(\.title)
    #expect(
      titles == ["skip", "conv1", "conv3", "conv5", "sep3", "dil3", "avg3", "max3", "se", "xatt"])
  }

  @Test func attentionSqueezesToAQuarterAndNeverToNothing() {
    #expect([1, 3, 4, 8, 30].map(Architecture.Operation.squeezedChannels) == [1, 1, 1, 2, 7])
  }

  @Test func everyOperationSurvivesJSON() throws {
    for operation in Architecture.Operation.allCases {
      let copy = try decode([Architecture.Operation].self, encode([operation]))
      #expect(copy == [operation])
    }
  }

  @Test func anUnknownOperationListsTheKnown() {
    let text = message { _ = try decode([Architecture.Operation].self, #"["pool"]"#) }
    #expect(
      text == "Unknown operation 'pool'. Known: skip, convolution1, convolution3, convolution5, "
        + "separable3, dilated3, averagePool3, maxPool3, channelAttention, "
        + "crossModalAttention.")
  }
}
