import Architecture
import Testing

@testable import Search

struct TabularEstimatorTests {
  private let cell = "|none~0|+|none~0|none~1|+|none~0|none~1|skip_connect~2|"

  private func estimator(
    _ text: String
  ) throws -> TabularEstimator<NASBench201Cell> {
    try TabularEstimator(
      readingFrom: text,
      columns: .init(
        candidate: "arch", score: "accuracy", scoreUnit: 100, seconds: "s", secondsFactor: 12,
        parameters: "params"))
  }

  @Test func looksUpScoreCostAndSimulatedSeconds() throws {
    let estimator = try estimator("params,arch,s,accuracy\n73306,\(cell),2.5,85.5\n")
    let estimate = try estimator.estimate(NASBench201Cell(cell))
    #expect(estimate == Estimate(dice: 0.855, parameters: 73_306, seconds: 30))
    #expect(estimator.count == 1)
  }

  @Test func quotesKeepCommasTogether() throws {
    let text = "arch,accuracy,s,params\r\n\"|none~0|, \"\"as is\"\"\",1,2,3\r\n\(cell),50,2,3\r\n"
    #expect(try estimator(text).count == 2)
    #expect(try estimator(text).estimate(NASBench201Cell(cell)).dice == 0.5)
  }

  @Test func aCandidateThatIsNotThereIsAnError() throws {
    let estimator = try estimator("arch,accuracy,s,params\n")
    let error = #expect(throws: SearchError.self) {
      try estimator.estimate(NASBench201Cell(cell))
    }
    #expect(
      error?.description
        == "The table has no line for \(cell). Search the space that the table was made for.")
  }

  @Test(arguments: [
    ("", 1, "a column \"arch\"", ""),
    ("arch,s,params", 1, "a column \"accuracy\"", "arch, s, params"),
    ("arch,accuracy,s,params\nx,1,2,3\ny,1,2", 3, "4 fields", "3 fields"),
    ("arch,accuracy,s,params\nx,good,2,3", 2, "a number", "'good'"),
    ("arch,accuracy,s,params\nx,nan,2,3", 2, "a number", "'nan'"),
    ("arch,accuracy,s,params\nx,1,2,inf", 2, "a number", "'inf'"),
    ("arch,accuracy,s,params\nx,1,2,1e300", 2, "a number from 0 to 1e15", "1e+300"),
    ("arch,accuracy,s,params\nx,1,-2,3", 2, "a number from 0 to 1e15", "-2.0"),
  ])
  func brokenTablesAreRefused(text: String, line: Int, expected: String, found: String) {
    let error = #expect(throws: SearchError.self) { try estimator(text) }
    #expect(error == .badTable(line: line, expected: expected, found: found))
  }
}
