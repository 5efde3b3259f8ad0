import Testing

@testable import chiasm

struct ConsoleTests {
  @Test func resultsAndErrorsPassWhenQuiet() {
    let recorder = Recorder()
    let console = recorder.console(isQuiet: true)
    console.note("note")
    console.result("result")
    console.warn("odd")
    console.warn("it is damaged", of: "case-1")
    console.warn("case-1: it is damaged", of: "case-1")
    console.fail("broken")
    console.progress("Working", total: 1).advance(to: 1)
    #expect(recorder.output == "result\n")
    #expect(
      recorder.errors
        == "warning: odd\nwarning: case-1: it is damaged\nwarning: case-1: it is damaged\n"
        + "error: broken\n")
  }

  @Test func notesGoToStandardOutput() {
    let recorder = Recorder()
    recorder.console().note("note")
    #expect(recorder.output == "note\n")
    #expect(recorder.errors == "")
  }

  @Test func jsonHasSortedKeysAndPlainSlashes() throws {
    let recorder = Recorder()
    try recorder.console().json(["b": "x/y", "a": "z"])
    #expect(
      recorder.output == """
        {
          "a" : "z",
          "b" : "x/y"
        }

        """)
  }
}
