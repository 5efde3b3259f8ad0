import Architecture
import Testing

struct CoordinationTests {
  @Test func itsTitleSaysTheConstraintAndItsWeight() throws {
    #expect(try Coordination(.cosine, weight: 0.1).title == "cosine 0.1")
    #expect(try Coordination(.canonicalCorrelation, weight: 2).title == "cca 2.0")
  }

  @Test(arguments: [0, -1, 1000.5, .infinity, .nan])
  func weightsThatCannotBeMeantAreRefused(weight: Double) {
    #expect(
      message { _ = try Coordination(.contrastive, weight: weight) }
        == "The weight of a constraint is above 0 and at most 1000.0, found \(weight).")
  }
}
