import Architecture
import Testing

struct ConstraintTests {
  @Test func namesAreStable() {
    #expect(
      Constraint.allCases.map(\.rawValue)
        == ["canonicalCorrelation", "cosine", "contrastive", "redundancyReduction"])
    #expect(Constraint.allCases.map(\.title) == ["cca", "cosine", "contrastive", "redundancy"])
  }

  @Test func anUnknownConstraintListsTheKnown() {
    let text = message { _ = try decode([Constraint].self, #"["hinge"]"#) }
    #expect(
      text
        == "Unknown constraint 'hinge'. Known: canonicalCorrelation, cosine, contrastive, "
        + "redundancyReduction.")
  }
}
