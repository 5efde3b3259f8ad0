import Foundation

/// Writes small DICOM files for tests: as they should be, or with any fault a test wants.
public struct DICOMBytes {
  /// How attributes are written.
  public enum Syntax: String, Sendable, CaseIterable {
    case implicit = "1.2.840.10008.1.2"
    case explicit = "1.2.840.10008.1.2.1"
    case bigEndian = "1.2.840.10008.1.2.2"
  }

  /// What has been written, without the file's own header.
  public private(set) var bytes: [UInt8] = []

  public let syntax: Syntax

  /// An empty data set.
  public init(_ syntax: Syntax = .explicit) {
    self.syntax = syntax
  }

  // MARK: Attributes

  /// A text of any kind, filled up to an even length.
  public mutating func text(_ tag: UInt32, _ type: String, _ value: String) {
    let filling: [UInt8] = value.utf8.count % 2 == 0 ? [] : [type == "UI" ? 0 : 32]
    raw(tag, type, Array(value.utf8) + filling)
  }

  /// Decimal numbers as text.
  public mutating func decimals(_ tag: UInt32, _ values: [Double]) {
    text(tag, "DS", values.map { "\($0)" }.joined(separator: "\\"))
  }

  /// Numbers of two bytes.
  public mutating func shorts(_ tag: UInt32, _ values: [Int], type: String = "US") {
    raw(tag, type, values.flatMap { number($0, 2) })
  }

  /// Numbers of four bytes.
  public mutating func longs(_ tag: UInt32, _ values: [Int]) {
    raw(tag, "UL", values.flatMap { number($0, 4) })
  }

  /// Real numbers of eight bytes.
  public mutating func doubles(_ tag: UInt32, _ values: [Double]) {
    raw(
      tag, "FD",
      values.flatMap { number(Int(bitPattern: UInt(truncatingIfNeeded: $0.bitPattern)), 8) })
  }

  /// A sequence; its length is given, or left open as most scanners do.
  public mutating func sequence(_ tag: UInt32, _ items: [DICOMBytes], isOpen: Bool = false) {
    var content: [UInt8] = []
    for item in items {
      content += self.tag(0xFFFE_E000) + number(isOpen ? 0xFFFF_FFFF : item.bytes.count, 4)
      content += item.bytes
      if isOpen { content += self.tag(0xFFFE_E00D) + number(0, 4) }
    }
    if isOpen { content += self.tag(0xFFFE_E0DD) + number(0, 4) }
    raw(tag, "SQ", content, claiming: isOpen ? 0xFFFF_FFFF : content.count)
  }

  /// Any bytes, with a length that may be a lie.
  public mutating func raw(
    _ tag: UInt32, _ type: String, _ value: [UInt8], claiming length: Int? = nil
  ) {
    bytes += self.tag(tag)
    let length = length ?? value.count
    switch syntax {
    case .implicit:
      bytes += number(length, 4)
    case .explicit, .bigEndian:
      let isLong = ["OB", "OW", "OF", "OD", "SQ", "UN", "UT"].contains(type)
      bytes += Array(type.utf8) + (isLong ? [0, 0] + number(length, 4) : number(length, 2))
    }
    bytes += value
  }

  /// Pixels of two bytes each.
  public mutating func pixels(_ values: [Int]) {
    raw(0x7FE0_0010, "OW", values.flatMap { number($0, 2) })
  }

  // MARK: Files

  /// The whole file: a preamble, its own header, and the data set.
  public func file(transferSyntax: String? = nil) -> [UInt8] {
    var header = DICOMBytes(.explicit)
    header.text(0x0002_0010, "UI", transferSyntax ?? syntax.rawValue)
    return [UInt8](repeating: 0, count: 128) + Array("DICM".utf8) + header.bytes + bytes
  }

  /// Writes the file into `folder`, and returns its path.
  @discardableResult
  public func write(_ name: String, in folder: String, transferSyntax: String? = nil) throws
    -> String
  {
    let path = folder + "/" + name
    try FileManager.default.createDirectory(
      atPath: URL(fileURLWithPath: path).deletingLastPathComponent().path,
      withIntermediateDirectories: true)
    try Data(file(transferSyntax: transferSyntax)).write(to: URL(fileURLWithPath: path))
    return path
  }

  private func tag(_ tag: UInt32) -> [UInt8] {
    number(Int(tag >> 16), 2) + number(Int(tag & 0xFFFF), 2)
  }

  private func number(_ value: Int, _ count: Int) -> [UInt8] {
    let bytes = (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    return syntax == .bigEndian ? bytes.reversed() : bytes
  }
}
