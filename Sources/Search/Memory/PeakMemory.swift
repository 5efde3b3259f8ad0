import Foundation
import Torch

/// How much more memory this process holds at its peak than at one moment.
///
/// Linux knows both: what is resident, and the most that was since somebody asked it to count anew.
struct PeakMemory {
  private static let status = "/proc/self/status"
  private static let counter = "/proc/self/clear_refs"

  private let before: Double

  /// Begins to count; `nil` where the system does not.
  init?() {
    // What is free already would not be seen to grow.
    TorchRuntime.returnFreedMemory()
    // 5 is "the peak is what there is now".
    guard let file = FileHandle(forWritingAtPath: Self.counter) else { return nil }
    defer { try? file.close() }
    do { try file.write(contentsOf: Data("5".utf8)) } catch { return nil }
    guard let resident = Self.bytes("VmRSS:") else { return nil }
    before = resident
  }

  /// The bytes at the peak beyond those at the beginning.
  var bytes: Double? { Self.bytes("VmHWM:").map { $0 - before } }

  /// One line of the process's status, which is in KiB.
  private static func bytes(_ key: String) -> Double? {
    (try? String(contentsOfFile: status, encoding: .utf8)).flatMap { bytes(key, in: $0) }
  }

  /// One line of a status of the form `VmRSS:     2016 kB`.
  static func bytes(_ key: String, in text: String) -> Double? {
    let line = text.split(separator: "\n").first { $0.hasPrefix(key) }
    let words = line?.split(whereSeparator: \.isWhitespace) ?? []
    return words.dropLast().last.flatMap { Double($0) }.map { $0 * 1024 }
  }
}
