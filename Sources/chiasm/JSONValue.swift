import Foundation

/// Any JSON value, for looking at a file before it is given a type.
enum JSONValue: Equatable, Sendable {
  case null
  case boolean(Bool)
  case integer(Int)
  case unsigned(UInt64)
  case number(Double)
  case text(String)
  case list([JSONValue])
  case object([String: JSONValue])

  /// What kind of value it is, as a person would say it.
  var kind: String {
    switch self {
    case .null: "null"
    case .boolean: "true or false"
    case .integer, .unsigned, .number: "a number"
    case .text: "a text"
    case .list: "a list"
    case .object: "a section"
    }
  }

  /// The value itself, as short as it can be said.
  var summary: String {
    switch self {
    case .null: "null"
    case .boolean(let value): "\(value)"
    case .integer(let value): "\(value)"
    case .unsigned(let value): "\(value)"
    case .number(let value): "\(value)"
    case .text(let value): "\"\(value)\""
    case .list, .object: kind
    }
  }
}

extension JSONValue {
  /// Everything that is not a section, with the keys that lead there, in the keys' order.
  var leaves: [(keys: [String], value: JSONValue)] {
    guard case .object(let fields) = self else { return [([], self)] }
    return fields.sorted { $0.key < $1.key }.flatMap { key, value in
      value.leaves.map { ([key] + $0.keys, $0.value) }
    }
  }

  /// The value inside one section per key.
  func nested(under keys: [String]) -> JSONValue {
    keys.reversed().reduce(self) { .object([$1: $0]) }
  }
}

extension JSONValue: Codable {
  init(from decoder: any Decoder) throws {
    if let fields = try? decoder.container(keyedBy: Key.self) {
      let pairs = try fields.allKeys.map { key in
        (key.stringValue, try fields.decode(JSONValue.self, forKey: key))
      }
      self = .object(Dictionary(uniqueKeysWithValues: pairs))
    } else if var items = try? decoder.unkeyedContainer() {
      var values: [JSONValue] = []
      while !items.isAtEnd { values.append(try items.decode(JSONValue.self)) }
      self = .list(values)
    } else {
      self = try Self.scalar(try decoder.singleValueContainer())
    }
  }

  /// Tries the types one after the other: a decoder says only by failing which one it holds.
  private static func scalar(_ value: any SingleValueDecodingContainer) throws -> JSONValue {
    if value.decodeNil() { return .null }
    if let boolean = try? value.decode(Bool.self) { return .boolean(boolean) }
    if let integer = try? value.decode(Int.self) { return .integer(integer) }
    if let unsigned = try? value.decode(UInt64.self) { return .unsigned(unsigned) }
    if let number = try? value.decode(Double.self) { return .number(number) }
    return .text(try value.decode(String.self))
  }

  func encode(to encoder: any Encoder) throws {
    var value = encoder.singleValueContainer()
    switch self {
    case .null: try value.encodeNil()
    case .boolean(let boolean): try value.encode(boolean)
    case .integer(let integer): try value.encode(integer)
    case .unsigned(let unsigned): try value.encode(unsigned)
    case .number(let number): try value.encode(number)
    case .text(let text): try value.encode(text)
    case .list(let values): try value.encode(values)
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
