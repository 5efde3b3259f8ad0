import Foundation

/// Any JSON value, so that a description can be checked key by key with sentences of our own.
enum JSONValue: Decodable {
  case object([String: JSONValue])
  case array([JSONValue])
  case string(String)
  case number(Double)
  case boolean(Bool)
  case null

  /// Tries one kind of value after the other: a failure only says that it is another kind.
  init(from decoder: any Decoder) throws {
    let value = try decoder.singleValueContainer()
    if value.decodeNil() {
      self = .null
    } else if let object = try? value.decode([String: JSONValue].self) {
      self = .object(object)
    } else if let array = try? value.decode([JSONValue].self) {
      self = .array(array)
    } else if let boolean = try? value.decode(Bool.self) {
      self = .boolean(boolean)
    } else if let number = try? value.decode(Double.self) {
      self = .number(number)
    } else {
      self = .string(try value.decode(String.self))
    }
  }

  /// What kind of value this is, for the sentence that says it is the wrong one.
  var summary: String {
    switch self {
    case .object: "an object"
    case .array: "a list"
    case .string(let text): "\"\(text)\""
    case .number(let number): Int(exactly: number).map(String.init) ?? "\(number)"
    case .boolean(let boolean): "\(boolean)"
    case .null: "null"
    }
  }

  /// The whole number this is, if it is one.
  var integer: Int? {
    guard case .number(let number) = self else { return nil }
    return Int(exactly: number)
  }
}
