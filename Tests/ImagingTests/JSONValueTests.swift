import Foundation
import Testing

@testable import Imaging

struct JSONValueTests {
  private func value(_ json: String) throws -> JSONValue {
    let decoder = JSONDecoder()
    decoder.allowsJSON5 = true
    return try decoder.decode(JSONValue.self, from: Data(json.utf8))
  }

  @Test func everyKindIsTold() throws {
    let found = try value(
      """
      { "none": null, "flag": true, "count": -3, "most": 18446744073709551615, "share": 0.5,
        "name": "1", "list": [1, [], {}], "inner": {"a": "b"} }
      """)
    #expect(
      found
        == .object([
          "none": .null, "flag": .boolean(true), "count": .integer(-3),
          "most": .unsigned(.max), "share": .number(0.5), "name": .string("1"),
          "list": .array([.integer(1), .array([]), .object([:])]),
          "inner": .object(["a": .string("b")]),
        ]))
  }

  @Test func whatIsWrittenIsReadAgain() throws {
    let found = try value("{a: [null, true, 7, 1e-3, 'x', {b: 18446744073709551615}]}")
    #expect(
      try JSONDecoder().decode(JSONValue.self, from: JSONEncoder().encode(found)) == found)
  }

  @Test func messagesCallAValueWhatItIs() throws {
    let summaries = try ["null", "true", "-3", "18446744073709551615", "0.5", "'x'", "[1]", "{}"]
      .map { try value($0).summary }
    #expect(
      summaries == [
        "null", "true", "-3", "18446744073709551615", "0.5", "\"x\"", "a list", "an object",
      ])
    #expect(
      try ["null", "true", "3", "'x'", "[]", "{}"].map { try value($0).kind }
        == ["null", "true or false", "a number", "a text", "a list", "an object"])
  }

  @Test func wholeNumbersAreWholeHoweverTheyAreWritten() throws {
    #expect(try value("3").integer == 3)
    #expect(try value("3.0").integer == 3)
    #expect(try value("3e2").integer == 300)
    #expect(try value("3.5").integer == nil)
    #expect(try value("'3'").integer == nil)
  }

  /// A number that is too large lies deep inside; that the outermost value is an object is no fault.
  @Test func aFaultInsideIsNotBlamedOnTheWhole() {
    do {
      _ = try value("{\"folds\": [[1, 1e999]]}")
      Issue.record("it was read")
    } catch {
      let reason = ImagingError.reason(of: error)
      #expect(reason == "it is not JSON, or a number in it is not of the kind that is needed there")
    }
  }
}
