import Testing

@testable import chiasm

struct ProgressBarTests {
  @Test func withoutATerminalALineComesEveryFiveSecondsAndInTheEnd() {
    let recorder = Recorder()
    let bar = recorder.console().progress("Training", total: 10)
    for step in 1...10 {
      recorder.advanceClock(by: 2)
      bar.advance(to: step, "loss 0.5")
    }
    bar.finish()
    #expect(
      recorder.errors == """
        Training: 3/10, 14 s left · loss 0.5
        Training: 6/10, 8 s left · loss 0.5
        Training: 9/10, 2 s left · loss 0.5
        Training: 10/10, 20 s · loss 0.5

        """)
  }

  @Test func onATerminalOneLineIsDrawnAgain() {
    let recorder = Recorder()
    let bar = recorder.console(isTerminal: true).progress("Training", total: 4)
    recorder.advanceClock(by: 1)
    bar.advance(to: 1, "a")
    recorder.advanceClock(by: 0.01)
    bar.advance(to: 2, "too soon")
    recorder.advanceClock(by: 2.99)
    bar.advance(to: 4, "b")
    bar.finish()
    #expect(
      recorder.errors
        == "\r\u{1B}[KTraining █████░░░░░░░░░░░░░░░ 1/4, 3 s left a"
        + "\r\u{1B}[KTraining ████████████████████ 4/4, 4 s b\n")
  }

  @Test func aLongLineIsCutToTheTerminal() {
    let recorder = Recorder()
    let bar = recorder.console(isTerminal: true, width: 30).progress("Training", total: 4)
    bar.advance(to: 4, "a very long remark about this step")
    #expect(recorder.errors == "\r\u{1B}[KTraining ████████████████████")
  }

  @Test func partsCountFromTheirBeginning() {
    let recorder = Recorder()
    let bar = recorder.console().progress("Searching", total: 20)
    recorder.advanceClock(by: 10)
    bar.begin(at: 10, "trial 2")
    bar.advance(to: 0)
    #expect(recorder.errors == "Searching: 10/20, 10 s left · trial 2\n")
  }

  @Test func theEndIsSaidOnce() {
    let recorder = Recorder()
    let bar = recorder.console().progress("Comparing", total: 1)
    recorder.advanceClock(by: 1)
    bar.advance(to: 1)
    bar.advance(to: 1)
    #expect(recorder.errors == "Comparing: 1/1, 1 s\n")
  }

  @Test func withoutATerminalNothingIsSaidAboutWhatTookNoTime() {
    let recorder = Recorder()
    recorder.console().progress("Comparing", total: 1).advance(to: 1)
    #expect(recorder.errors == "")
  }

  @Test func durationsAreShort() {
    #expect(ProgressBar.duration(7.6) == "8 s")
    #expect(ProgressBar.duration(125) == "2 min 05 s")
    #expect(ProgressBar.duration(4800) == "1 h 20 min")
  }
}
