import Architecture
import Testing

struct NASBench201CellTests {
  private let text =
    "|avg_pool_3x3~0|+|none~0|skip_connect~1|+|nor_conv_1x1~0|nor_conv_3x3~1|none~2|"

  @Test func readsAndWritesTheBenchmarksNotation() throws {
    let cell = try NASBench201Cell(text)
    #expect(
      cell.operations == [.averagePooling, .none, .skip, .convolution1, .convolution3, .none])
    #expect(cell.description == text)
    #expect(try encode([cell]) == "[\"\(text)\"]")
    #expect(try decode([NASBench201Cell].self, "[\"\(text)\"]") == [cell])
  }

  @Test(arguments: [
    "", "|none~0|", "|none~0|+|none~0|none~1|+|none~0|none~1|none~2|none~3|",
    "|none~0|+|none~0|none~1|+|none~0|none~1|none~1|",
    "|none~0|+|none~0|none~1|+|none~0|none~1|conv~2|",
    "none~0|+|none~0|none~1|+|none~0|none~1|none~2|",
  ])
  func otherTextsAreRefused(text: String) {
    #expect(
      message { _ = try NASBench201Cell(text) } == """
        '\(text)' is not a cell of NAS-Bench-201. Write it as |op~0|+|op~0|op~1|+|op~0|op~1|op~2| \
        with the operations none, skip_connect, nor_conv_1x1, nor_conv_3x3, avg_pool_3x3.
        """)
  }
}
