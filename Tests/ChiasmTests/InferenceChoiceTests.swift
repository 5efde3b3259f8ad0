import Testing
import Training

@testable import chiasm

struct InferenceChoiceTests {
  private func read(_ words: [String]) throws -> InferenceOptions {
    var arguments = Arguments(words)
    return try InferenceChoice.read(&arguments)
  }

  @Test func nothingSaidMeansWindowsOfAPatchInFourGigabytes() throws {
    let options = try read([])
    #expect(options == InferenceOptions())
    #expect(options.windowScale == 1 && options.step == 0.5 && !options.mirrors)
    #expect(options.memory == 4_294_967_296)
  }

  @Test func everythingCanBeSaid() throws {
    let options = try read(
      ["--window-scale", "1.25", "--step", "0.25", "--mirror", "--max-memory", "1.5G"])
    #expect(options.windowScale == 1.25 && options.step == 0.25 && options.mirrors)
    #expect(options.memory == 1_610_612_736)
  }

  @Test func localStatisticsMeanWindowsAsLargeAsFitUnlessTheScaleIsSaid() throws {
    let largest = try read(["--statistics", "local"])
    #expect(largest.statistics == .local && largest.windowScale == 8)
    let scaled = try read(["--statistics", "local", "--window-scale", "2"])
    #expect(scaled.statistics == .local && scaled.windowScale == 2)
  }

  @Test(arguments: [
    (["--step", "0"], "--step takes a number from 0.1 to 1.0, not '0'."),
    (["--step", "nan"], "--step takes a number from 0.1 to 1.0, not 'nan'."),
    (["--window-scale", "9"], "--window-scale takes a number from 1.0 to 8.0, not '9'."),
    (["--statistics", "global"], "--statistics takes one of window, local, not 'global'."),
    (
      ["--max-memory", "4X"],
      "--max-memory takes a size such as 800M or 4G, not '4X'."
    ),
    (
      ["--max-memory", "1e30G"],
      "--max-memory takes a size such as 800M or 4G, not '1e30G'."
    ),
  ])
  func whatCannotBeReadIsRefused(words: [String], message: String) {
    let error = #expect(throws: UsageError.self) { try read(words) }
    #expect(error?.description == message)
  }
}
