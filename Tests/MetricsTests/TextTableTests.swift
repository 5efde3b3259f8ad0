import Metrics
import Testing

struct TextTableTests {
  @Test func numbersAreSetFlushRight() {
    var table = TextTable(header: ["trial", "Dice", "parameters"])
    table.add(["1", "0.5", "12"])
    table.addRule()
    table.add(["a longer name", "0.25"])
    #expect(
      table.text == """
        trial          Dice  parameters
        ───────────────────────────────
        1               0.5          12
        ───────────────────────────────
        a longer name  0.25
        """)
  }
}
