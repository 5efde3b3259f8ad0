import Foundation
import Imaging

/// An append-only file of JSON lines that survives being killed.
///
/// A line that was cut off by a crash is dropped when the log is opened again.
public struct LineLog<Record: Codable & Sendable>: Sendable {
  public let path: String

  public init(path: String) {
    self.path = path
  }

  /// All complete records.
  public func records() throws -> [Record] {
    guard FileManager.default.fileExists(atPath: path) else { return [] }
    let text = try Data(contentsOf: URL(fileURLWithPath: path))
    var records: [Record] = []
    for (number, line) in text.split(separator: 0x0A).enumerated() {
      do {
        records.append(try JSONDecoder().decode(Record.self, from: Data(line)))
      } catch {
        // Only the last line can have been cut off; a broken line before it is a broken file.
        guard number == text.split(separator: 0x0A).count - 1, text.last != 0x0A else {
          throw TrainingError.badRun(
            path: path, expected: "one JSON record per line",
            found: "line \(number + 1) is not one",
            advice: "Start a new run in another folder, or restore the file.")
        }
      }
    }
    return records
  }

  /// Replaces the file by the given records.
  public func rewrite(_ records: [Record]) throws {
    var data = Data()
    for record in records { data.append(try Self.line(record)) }
    try AtomicFile.write(data, to: path)
  }

  /// Adds a record and waits until it is on the disk.
  public func append(_ record: Record) throws {
    if !FileManager.default.fileExists(atPath: path) { try rewrite([]) }
    let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
    try handle.seekToEnd()
    try handle.write(contentsOf: try Self.line(record))
    try handle.synchronize()
    try handle.close()
  }

  private static func line(_ record: Record) throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return try encoder.encode(record) + Data("\n".utf8)
  }
}
