import Testing

@testable import chiasm

struct ComputingOptionsTests {
  private func read(_ words: String...) throws -> ComputingOptions {
    var arguments = Arguments(words)
    return try ComputingOptions(&arguments)
  }

  @Test func whatIsLeftOutIsTheProcessorsChoice() throws {
    let options = try read()
    #expect(options.device == .cpu && options.threads == nil && options.seed == nil)
    let given = try read("--threads", "3", "--seed", "18446744073709551615", "--device", "cuda:1")
    #expect(given.threads == 3 && given.seed == .max && "\(given.device)" == "cuda:1")
  }

  @Test(arguments: [
    (["--device", "tpu"], "--device takes cpu, cuda or cuda:N, not 'tpu'."),
    (["--threads", "0"], "--threads takes a whole number from 1 to 1024, not '0'."),
    (["--seed", "-1"], "--seed takes a whole number of at least 0, not '-1'."),
  ])
  func whatMeansNothingIsRefused(words: [String], message: String) {
    var arguments = Arguments(words)
    let error = #expect(throws: UsageError.self) { try ComputingOptions(&arguments) }
    #expect(error?.description == message)
  }
}
