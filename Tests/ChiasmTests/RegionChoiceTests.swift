import Imaging
import Testing

@testable import chiasm

struct RegionChoiceTests {
  private let labels = [Label(name: "core", value: 1), Label(name: "rim", value: 3)]

  private func regions(_ text: String, among labels: [Label]?) -> Result<[Region], UsageError> {
    Result { () throws(UsageError) in
      var arguments = Arguments(["--regions", text])
      return try RegionChoice(&arguments).regions(among: labels)
    }
  }

  private func refusal(_ text: String, among labels: [Label]?) -> String? {
    guard case .failure(let error) = regions(text, among: labels) else { return nil }
    return error.description
  }

  @Test func labelsAreGivenByNameOrNumber() throws {
    let expected = [
      Region(name: "whole", values: [1, 3]), Region(name: "inner", values: [1]),
    ]
    #expect(try regions("whole=core+3,inner=1", among: labels).get() == expected)
    #expect(try regions("whole=1+3,inner=1", among: nil).get() == expected)
  }

  @Test func mistakesAreExplained() {
    #expect(
      refusal("whole", among: nil) == "--regions takes regions like whole=1+2, not 'whole'.")
    #expect(
      refusal("whole=1+", among: nil) == "--regions takes regions like whole=1+2, not 'whole=1+'.")
    #expect(
      refusal("whole=core", among: nil)
        == "--regions: 'core' is no label; without a dataset labels are numbers from 1 to 65535.")
    #expect(
      refusal("whole=2", among: labels)?.hasPrefix(
        "--regions: the dataset has no label '2'; it has core (1), rim (3).") == true)
  }
}
