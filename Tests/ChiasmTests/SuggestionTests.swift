import Testing

@testable import chiasm

struct SuggestionTests {
  @Test func countsInsertionsDeletionsSubstitutionsAndSwaps() {
    #expect(Suggestion.distance("train", "train") == 0)
    #expect(Suggestion.distance("trian", "train") == 1)
    #expect(Suggestion.distance("tran", "train") == 1)
    #expect(Suggestion.distance("trainn", "train") == 1)
    #expect(Suggestion.distance("brain", "train") == 1)
    #expect(Suggestion.distance("", "train") == 5)
  }

  @Test func suggestsOnlyWhatIsNear() {
    let verbs = ["train", "predict", "evaluate"]
    #expect(Suggestion.nearest(to: "trian", among: verbs) == "train")
    #expect(Suggestion.nearest(to: "eval", among: verbs) == "evaluate")
    #expect(Suggestion.nearest(to: "-p", among: ["--output", "--predictions"]) == "--predictions")
    #expect(Suggestion.nearest(to: "convert", among: verbs) == nil)
    #expect(Suggestion.nearest(to: "--", among: verbs) == nil)
  }
}
