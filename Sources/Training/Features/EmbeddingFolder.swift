import Foundation
import Imaging

/// Vectors on disk: `embeddings.safetensors` with the numbers, `embeddings.json` with what each row is,
/// and `embeddings.csv` with both for spreadsheets and pandas.
///
/// The index is written last and holds a fingerprint of itself and of the numbers, so a folder that is
/// half written, mixed or edited is recognised.
public struct EmbeddingFolder: Sendable {
  public let path: String

  public init(_ path: String) { self.path = path }

  private static let arrayName = "embeddings"
  private static let format = "chiasm embeddings 1"

  private struct Index: Codable {
    let format: String
    let origin: EmbeddingOrigin
    let fingerprint: String
    let width: Int
    let rows: [EmbeddingTable.Row]

    init(_ table: EmbeddingTable, numbers: Data) throws {
      format = EmbeddingFolder.format
      origin = table.origin
      width = table.width
      rows = table.rows
      fingerprint = try Self.fingerprint(of: table.origin, table.rows, numbers)
    }

    static func fingerprint(
      of origin: EmbeddingOrigin, _ rows: [EmbeddingTable.Row], _ numbers: Data
    ) throws -> String {
      let encoder = JSONEncoder()
      encoder.outputFormatting = .sortedKeys
      return WeightStore.fingerprint(
        of: try encoder.encode(origin) + encoder.encode(rows) + numbers)
    }
  }

  private var numbers: String { path + "/embeddings.safetensors" }
  private var index: String { path + "/embeddings.json" }

  /// Writes the vectors, in place of those that may be there.
  public func write(_ table: EmbeddingTable) throws {
    let folder = try RunFolder(creating: path)
    let array = Safetensors.Array(shape: [table.rows.count, table.width], values: table.values)
    let data = try Safetensors(arrays: [Self.arrayName: array]).encoded()
    try AtomicFile.write(data, to: numbers)
    try AtomicFile.write(Data(Self.spreadsheet(of: table).utf8), to: path + "/embeddings.csv")
    try folder.write(Index(table, numbers: data), to: "embeddings.json")
  }

  /// Reads the vectors.
  ///
  /// - Throws: ``EmbeddingError/notEmbeddings(path:problem:)`` when a file is missing or no such file, has
  ///   an unknown key, the numbers' file lies about itself, the two do not belong together, a row is there
  ///   twice, or a number is not finite.
  public func read() throws -> EmbeddingTable {
    let found: Index
    do {
      found = try StrictJSON.decode(
        Index.self, from: try Data(contentsOf: URL(fileURLWithPath: index)))
    } catch {
      throw EmbeddingError.notEmbeddings(path: index, problem: ImagingError.reason(of: error))
    }
    guard FileManager.default.fileExists(atPath: numbers) else {
      throw EmbeddingError.notEmbeddings(path: numbers, problem: "there is no such file")
    }
    let data = try WeightStore.bytes(of: numbers)
    let file = try arrays(in: data)
    try check(found, file)
    guard found.fingerprint == (try Index.fingerprint(of: found.origin, found.rows, data)) else {
      throw EmbeddingError.notEmbeddings(
        path: index,
        problem: "it and embeddings.safetensors were not written together, or were edited")
    }
    var table = EmbeddingTable(origin: found.origin, width: found.width)
    let values = file.arrays[Self.arrayName]?.values ?? []
    for (place, row) in found.rows.enumerated() {
      table.add(row, Array(values[place * found.width..<(place + 1) * found.width]))
    }
    return table
  }

  private func arrays(in data: Data) throws -> Safetensors {
    do {
      return try Safetensors(data, path: numbers)
    } catch {
      guard case .badWeights(_, let problem) = error else { throw error }
      throw EmbeddingError.notEmbeddings(path: numbers, problem: problem)
    }
  }

  private func check(_ found: Index, _ file: Safetensors) throws(EmbeddingError) {
    func refuse(_ path: String, _ problem: String) -> EmbeddingError {
      .notEmbeddings(path: path, problem: problem)
    }
    guard found.format == Self.format else {
      throw refuse(index, "its format is '\(found.format)', expected '\(Self.format)'")
    }
    guard let array = file.arrays[Self.arrayName], file.arrays.count == 1, found.width >= 1,
      array.shape == [found.rows.count, found.width]
    else {
      throw refuse(
        numbers, "it does not hold one array of \(found.rows.count) rows of \(found.width) numbers")
    }
    if let place = array.values.firstIndex(where: { !$0.isFinite }) {
      throw refuse(numbers, "row \(place / found.width) holds a number that is not finite")
    }
    var seen: Set<[String]> = []
    for row in found.rows {
      guard seen.insert([row.caseName, row.modality, row.region]).inserted else {
        throw refuse(index, "\(row.caseName), \(row.modality), \(row.region) is there twice")
      }
      guard row.volume.isFinite, row.volume >= 0 else {
        throw refuse(index, "\(row.caseName), \(row.region) has the volume \(row.volume)")
      }
    }
  }

  /// A line per vector: case, modality, region, label, volume, 1 where a machine filled it in, then the
  /// numbers.
  private static func spreadsheet(of table: EmbeddingTable) -> String {
    var lines = [
      (["case", "modality", "region", "label", "volume_mm3", "infilled"]
        + (0..<table.width).map { "f\($0)" }).joined(separator: ",")
    ]
    for (place, row) in table.rows.enumerated() {
      let names = [row.caseName, row.modality, row.region, row.label ?? ""].map(quoted)
      let values = table.values[place * table.width..<(place + 1) * table.width]
      lines.append(
        (names + ["\(row.volume)", row.isInfilled == true ? "1" : "0"] + values.map { "\($0)" })
          .joined(separator: ","))
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// As RFC 4180 has it.
  private static func quoted(_ text: String) -> String {
    guard text.contains(where: { ",\"\n\r".contains($0) }) else { return text }
    return "\"" + text.replacing("\"", with: "\"\"") + "\""
  }
}
