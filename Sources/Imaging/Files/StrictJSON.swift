package import Foundation

/// Reads JSON whose objects have no keys but those that its type writes.
package enum StrictJSON {
  /// - Throws: A `DecodingError`, or ``UnknownKey``. `ImagingError.reason(of:)` puts both into words.
  package static func decode<Value: Codable>(_ type: Value.Type, from data: Data) throws -> Value {
    let value = try JSONDecoder().decode(type, from: data)
    let known = try JSONSerialization.jsonObject(
      with: JSONEncoder().encode(value), options: .fragmentsAllowed)
    let found = try JSONSerialization.jsonObject(with: data, options: .fragmentsAllowed)
    if let key = unknownKey(in: found, beside: known, at: "") { throw key }
    return value
  }

  /// A key that means nothing.
  package struct UnknownKey: Error, Hashable, CustomStringConvertible {
    package let key: String

    /// Where its object is, as `rows[3]`; empty for the outermost.
    package let place: String

    /// What the object has otherwise.
    package let known: [String]

    package var description: String {
      "'\(key)' is no key" + (place.isEmpty ? "" : " of \(place)") + "; known are "
        + known.joined(separator: ", ")
    }
  }

  private static func unknownKey(in found: Any, beside known: Any, at place: String) -> UnknownKey?
  {
    if let found = found as? [Any], let known = known as? [Any] {
      for (index, pair) in zip(found, known).enumerated() {
        if let key = unknownKey(in: pair.0, beside: pair.1, at: "\(place)[\(index)]") { return key }
      }
    }
    guard let found = found as? [String: Any], let known = known as? [String: Any] else {
      return nil
    }
    // What is absent may be written as null, and is not written then by its type.
    for (key, value) in found.sorted(by: { $0.key < $1.key }) where !(value is NSNull) {
      guard let other = known[key] else {
        return UnknownKey(key: key, place: place, known: known.keys.sorted())
      }
      let inside = place.isEmpty ? key : "\(place).\(key)"
      if let key = unknownKey(in: value, beside: other, at: inside) { return key }
    }
    return nil
  }
}
