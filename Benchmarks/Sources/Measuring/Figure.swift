import Foundation

/// One measured figure: a line of JSON.
public struct Figure: Encodable {
  let name: String
  let unit = "s"

  /// The median of the wall times, in seconds.
  let value: Double

  let wallMin: Double

  /// The median of the user and system times of all threads, in seconds.
  let cpuMedian: Double

  /// The most memory the process had while the work was repeated, in MiB.
  let peakMemory: Double

  /// The memory it had before: the program and its inputs.
  let baseMemory: Double

  let repetitions: Int

  /// How many operations (multiplications and additions) a second, in thousand millions, if it is known
  /// how many there are.
  var rate: Double?

  /// How many bytes a second it moves, in thousand millions, if that is known.
  var bandwidth: Double?

  enum CodingKeys: String, CodingKey {
    case name, unit, value
    case wallMin = "wall_min_s"
    case cpuMedian = "cpu_median_s"
    case peakMemory = "peak_rss_mb"
    case baseMemory = "base_rss_mb"
    case repetitions = "reps"
    case rate = "gflop_per_s"
    case bandwidth = "gb_per_s"
  }

  /// Repeats `work` after one call that is not counted.
  public init(_ name: String, repetitions: Int, _ work: () throws -> Void) throws {
    try work()
    try Self.resetPeak()
    baseMemory = try Self.memory("VmRSS")
    var (wall, cpu): ([Double], [Double]) = ([], [])
    for _ in 0..<repetitions {
      let (start, used) = (ProcessInfo.processInfo.systemUptime, Self.processorSeconds())
      try work()
      wall.append(ProcessInfo.processInfo.systemUptime - start)
      cpu.append(Self.processorSeconds() - used)
    }
    self.name = name
    self.repetitions = repetitions
    value = wall.sorted()[repetitions / 2]
    wallMin = wall.min() ?? 0
    cpuMedian = cpu.sorted()[repetitions / 2]
    peakMemory = try Self.memory("VmHWM")
  }

  /// The figure as it is printed.
  public func line() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(self), as: UTF8.self)
  }

  /// The figure of work of so many operations.
  public func line(operations: Double) throws -> String {
    var figure = self
    figure.rate = operations / value / 1e9
    return try figure.line()
  }

  /// The figure of work that moves so many bytes.
  public func line(bytes: Double) throws -> String {
    var figure = self
    figure.bandwidth = bytes / value / 1e9
    return try figure.line()
  }

  private static func processorSeconds() -> Double {
    var usage = rusage()
    getrusage(Int32(RUSAGE_SELF.rawValue), &usage)
    let seconds = Double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
    return seconds + Double(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6
  }

  /// Makes the peak that Linux keeps start again from here.
  private static func resetPeak() throws {
    try "5".write(toFile: "/proc/self/clear_refs", atomically: false, encoding: .utf8)
  }

  /// A line of `/proc/self/status`, in MiB.
  private static func memory(_ key: String) throws -> Double {
    let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
    let line = status.split(separator: "\n").first { $0.hasPrefix(key + ":") }
    let kibibytes = line?.split(whereSeparator: \.isWhitespace).dropFirst().first
    return (kibibytes.flatMap { Double($0) } ?? 0) / 1024
  }
}
