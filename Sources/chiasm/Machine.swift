import Foundation

/// The machine that the program runs on.
enum Machine {
  /// The processor's name as the system says it.
  static var name: String {
    // Where the system has no such file, it does not say.
    let text = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
    return name(in: text) ?? "unknown processor"
  }

  /// The first model that a text like `/proc/cpuinfo` names.
  static func name(in text: String) -> String? {
    let line = text.split(separator: "\n").first { $0.hasPrefix("model name") }
    let value = line?.split(separator: ":", maxSplits: 1).dropFirst().first
    return value.map { $0.trimmingCharacters(in: .whitespaces) }
  }
}
