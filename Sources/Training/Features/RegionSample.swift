/// The vectors of one region of a case, modality by modality.
public struct RegionSample: Hashable, Sendable {
  public let caseName: String
  public let region: String
  public let label: String?

  /// In cubic millimetres.
  public let volume: Double

  /// By modality; what the case lacks is not there. ``EmbeddingTable/fusedName`` is not among them.
  public internal(set) var vectors: [String: [Double]]

  /// What the network fused.
  public let fused: [Double]?

  /// The vector of a modality, or of ``EmbeddingTable/fusedName``; `nil` where the case has none.
  func vector(of name: String) -> [Double]? {
    name == EmbeddingTable.fusedName ? fused : vectors[name]
  }
}

extension EmbeddingTable {
  /// The rows of each case and region together, in the order of their first rows.
  public func samples() -> [RegionSample] {
    var order: [[String]] = []
    var places: [[String]: [Int]] = [:]
    for (place, row) in rows.enumerated() {
      let key = [row.caseName, row.region]
      if places[key] == nil { order.append(key) }
      places[key, default: []].append(place)
    }
    return order.compactMap { key in
      guard let places = places[key], let first = places.first else { return nil }
      var vectors: [String: [Double]] = [:]
      for place in places { vectors[rows[place].modality] = vector(place) }
      let fused = vectors.removeValue(forKey: Self.fusedName)
      return RegionSample(
        caseName: rows[first].caseName, region: rows[first].region, label: rows[first].label,
        volume: rows[first].volume, vectors: vectors, fused: fused)
    }
  }
}
