import Testing

@testable import Imaging

struct WildcardPatternTests {
  @Test(arguments: [
    ("*", ""), ("*", "any"), ("a?c", "aBc"), ("*t1*", "ax T1 se"), ("*.nii.gz", "a/b.nii.gz"),
    ("a*b*c", "aXbXbXc"), ("gtv*", "GTV_Mass"),
  ])
  func fits(_ pattern: String, _ text: String) {
    #expect(WildcardPattern(pattern).matches(text))
  }

  @Test(arguments: [("", "a"), ("a?c", "ac"), ("*t1", "t1 se"), ("a*b*c", "aXcXb"), ("?", "")])
  func doesNotFit(_ pattern: String, _ text: String) {
    #expect(!WildcardPattern(pattern).matches(text))
  }
}
