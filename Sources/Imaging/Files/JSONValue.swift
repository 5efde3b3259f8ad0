/// Any JSON value, for looking at a file before it is given a type.
package enum JSONValue: Equatable, Sendable {
  case null
  case boolean(Bool)
  case integer(Int)
  case unsigned(UInt64)
  case number(Double)
  case string(String)
  case array([JSONValue])
  case object([String: JSONValue])

  /// What kind of value it is, as a person would say it.
  package var kind: String {
    switch self {
    case .null: "null"
    case .boolean: "true or false"
    case .integer, .unsigned, .number: "a number"
    case .string: "a text"
    case .array: "a list"
    case .object: "an object"
    }
  }

  /// The value itself, as short as it can be said.
  package var summary: String {
    switch self {
    case .null: "null"
    case .boolean(let value): "\(value)"
    case .integer(let value): "\(value)"
    case .unsigned(let value): "\(value)"
    case .number(let value): "\(value)"
    case .string(let value): "\"\(value)\""
    case .array, .object: kind
    }
  }

  /// The whole number this is, if it is one.
  package var integer: Int? {
    switch self {
    case .integer(let value): value
    case .number(let value): Int(exactly: value)
    default: nil
    }
  }
}

extension JSONValue: Codable {
  /// What is wrong inside a list or an object is thrown from there, with its place.
  package init(from decoder: any Decoder) throws {
    // A decoder says only by failing that it holds neither an object nor a list.
    if let fields = try? decoder.container(keyedBy: Key.self) {
      let pairs = try fields.allKeys.map { key in
        (key.stringValue, try fields.decode(JSONValue.self, forKey: key))
      }
      self = .object(Dictionary(uniqueKeysWithValues: pairs))
    } else if var items = try? decoder.unkeyedContainer() {
      var values: [JSONValue] = []
      while !items.isAtEnd { values.append(try items.decode(JSONValue.self)) }
      self = .array(values)
    } else {
      self = try Self.scalar(try decoder.singleValueContainer())
    }
  }

  /// Tries the types one after the other, for the same reason; what is no number either is an error.
  private static func scalar(_ value: any SingleValueDecodingContainer) throws -> JSONValue {
    if value.decodeNil() { return .null }
    if let string = try? value.decode(String.self) { return .string(string) }
    if let boolean = try? value.decode(Bool.self) { return .boolean(boolean) }
    if let integer = try? value.decode(Int.self) { return .integer(integer) }
    if let unsigned = try? value.decode(UInt64.self) { return .unsigned(unsigned) }
    return .number(try value.decode(Double.self))
  }

  package func encode(to encoder: any Encoder) throws {
    var value = encoder.singleValueContainer()
    switch self {
    case .null: try value.encodeNil()
    case .boolean(let boolean): try value.encode(boolean)
    case .integer(let integer): try value.encode(integer)
    case .unsigned(let unsigned): try value.encode(unsigned)
    case .number(let number): try value.encode(number)
    case .string(let string): try value.encode(string)
    case .array(let values): try value.encode(values)
    case .object(let fields): try value.encode(fields)
    }
  }

  /// Any name of a field.
  private struct Key: CodingKey {
    let stringValue: String
    let intValue: Int? = nil

    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }
}
