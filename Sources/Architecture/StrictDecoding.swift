/// A key of a JSON object, whatever its name.
struct AnyKey: CodingKey {
  let stringValue: String
  var intValue: Int? { nil }

  init(stringValue: String) {
    self.stringValue = stringValue
  }

  init?(intValue: Int) {
    nil
  }
}

extension Decoder {
  /// The value of an enumeration, or an error that lists the names there are.
  func decodeName<Name>(of concept: String) throws -> Name
  where Name: RawRepresentable<String> & CaseIterable {
    let name = try singleValueContainer().decode(String.self)
    guard let value = Name(rawValue: name) else {
      throw ArchitectureError.unknownName(
        concept: concept, found: name, known: Name.allCases.map(\.rawValue))
    }
    return value
  }

  /// Refuses an object without a key that it needs.
  func requireKeys(_ needed: [any CodingKey], in concept: String) throws {
    let found = try container(keyedBy: AnyKey.self).allKeys.map(\.stringValue)
    if let key = needed.first(where: { !found.contains($0.stringValue) }) {
      throw ArchitectureError.missingKey(concept: concept, key: key.stringValue)
    }
  }

  /// Refuses an object with a key that means nothing.
  func refuseKeys<Key>(
    otherThan known: Key.Type, also extra: [String] = [], in concept: String
  ) throws where Key: CodingKey & CaseIterable {
    let names = known.allCases.map(\.stringValue) + extra
    let found = try container(keyedBy: AnyKey.self).allKeys.map(\.stringValue)
    if let name = found.sorted().first(where: { !names.contains($0) }) {
      throw ArchitectureError.unknownKey(concept: concept, found: name, known: names)
    }
  }
}
