import Foundation
import Imaging
import Testing

struct DecodingReasonTests {
  private struct Part: Decodable {
    let weight: Double
    let count: Int
  }

  private struct Whole: Decodable {
    let parts: [Part]
  }

  private func reason(_ json: String) -> String? {
    do {
      _ = try JSONDecoder().decode(Whole.self, from: Data(json.utf8))
      return nil
    } catch {
      return ImagingError.reason(of: error)
    }
  }

  @Test func saysWhereAValueIsOfAnotherKind() {
    #expect(
      reason(#"{"parts": [{"weight": 1, "count": 1}, {"weight": "x", "count": 1}]}"#)
        == "parts[1].weight: Expected to decode Double but found a string instead.")
  }

  @Test func saysWhichKeyIsMissingAndWhere() {
    #expect(reason(#"{"parts": [{"weight": 1}]}"#) == "no key 'count' in parts[0]")
    #expect(reason("{}") == "no key 'parts'")
  }

  /// The decoder calls the whole file no JSON in all of these cases.
  @Test(arguments: ["1.5", "1e300", "[", "\"x"])
  func blamesTheSyntaxAloneForNothing(number: String) {
    #expect(
      reason(#"{"parts": [{"weight": 1, "count": \#(number)}]}"#)
        == "it is not JSON, or a number in it is not of the kind that is needed there")
  }
}
