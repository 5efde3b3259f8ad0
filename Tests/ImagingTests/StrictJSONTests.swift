import Foundation
import Testing

@testable import Imaging

struct StrictJSONTests {
  private struct Part: Codable, Equatable {
    let name: String
    var note: String?
  }

  private struct Whole: Codable, Equatable {
    let parts: [Part]
    let weights: [String: Double]
  }

  private func read(_ json: String) throws -> Whole {
    try StrictJSON.decode(Whole.self, from: Data(json.utf8))
  }

  private func reason(_ json: String) -> String? {
    do {
      _ = try read(json)
      return nil
    } catch {
      return ImagingError.reason(of: error)
    }
  }

  @Test func knownKeysAreReadWhetherOptionalOnesAreThereOrNull() throws {
    let whole = try read(
      """
      {"parts": [{"name": "a"}, {"name": "b", "note": null}, {"name": "c", "note": "d"}],
       "weights": {"whatever": 1, "else": 2}}
      """)
    #expect(whole.parts == [Part(name: "a"), Part(name: "b"), Part(name: "c", note: "d")])
    #expect(whole.weights == ["whatever": 1, "else": 2])
  }

  @Test func anUnknownKeyIsNamedWithItsPlace() {
    #expect(
      reason(#"{"parts": [], "weights": {}, "colour": 1}"#)
        == "'colour' is no key; known are parts, weights")
    #expect(
      reason(#"{"parts": [{"name": "a"}, {"name": "b", "size": [1]}], "weights": {}}"#)
        == "'size' is no key of parts[1]; known are name")
  }

  @Test func whatADecoderRefusesIsRefusedInItsWords() {
    #expect(reason(#"{"parts": [{}], "weights": {}}"#) == "no key 'name' in parts[0]")
    #expect(
      reason("[1") == "it is not JSON, or a number in it is not of the kind that is needed there")
  }
}
