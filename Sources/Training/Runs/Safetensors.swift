public import Foundation
import Imaging

/// Named arrays of 32-bit floats in the `safetensors` format: a JSON header, then the raw numbers.
///
/// Source: the format description of the `safetensors` library, version 0.4 and later.
public struct Safetensors: Equatable, Sendable {
  /// One array.
  public struct Array: Equatable, Sendable {
    public let shape: [Int]
    public let values: [Float]

    public init(shape: [Int], values: [Float]) {
      precondition(shape.reduce(1, *) == values.count, "\(shape) holds not \(values.count) values")
      self.shape = shape
      self.values = values
    }
  }

  public var arrays: [String: Array]

  /// Free text by name, kept in the header.
  public var metadata: [String: String]

  public init(arrays: [String: Array], metadata: [String: String] = [:]) {
    self.arrays = arrays
    self.metadata = metadata
  }
}

extension Safetensors {
  private struct Entry: Codable {
    let dtype: String
    let shape: [Int]
    let data_offsets: [Int]
  }

  private static let headerLimit = 100 << 20

  /// The bytes of the file: arrays in the order of their names.
  public func encoded() throws -> Data {
    var header: [String: Any] = metadata.isEmpty ? [:] : ["__metadata__": metadata]
    var offset = 0
    let names = arrays.keys.sorted()
    for name in names {
      guard let array = arrays[name] else { continue }
      let end = offset + array.values.count * 4
      header[name] =
        [
          "dtype": "F32", "shape": array.shape, "data_offsets": [offset, end],
        ] as [String: Any]
      offset = end
    }
    var json = try JSONSerialization.data(withJSONObject: header, options: [.sortedKeys])
    json.append(Data(repeating: 0x20, count: (8 - json.count % 8) % 8))
    var data = Data(capacity: 8 + json.count + offset)
    withUnsafeBytes(of: UInt64(json.count).littleEndian) { data.append(contentsOf: $0) }
    data.append(json)
    for name in names {
      arrays[name]?.values.withUnsafeBytes { data.append(contentsOf: $0) }
    }
    return data
  }

  /// Reads the bytes of a file.
  ///
  /// - Throws: ``TrainingError/badWeights(path:problem:)`` when the header lies about the data.
  public init(_ data: Data, path: String) throws(TrainingError) {
    let data = data.startIndex == 0 ? data : Data(data)
    guard data.count >= 8 else { throw .badWeights(path: path, problem: "the file is empty") }
    let length = data.prefix(8).enumerated().reduce(UInt64(0)) {
      $0 | UInt64($1.element) << UInt64(8 * $1.offset)
    }
    guard length <= Self.headerLimit, data.count >= 8 + Int(length) else {
      throw .badWeights(path: path, problem: "the header claims \(length) bytes")
    }
    let start = 8 + Int(length)
    guard
      let object = try? JSONSerialization.jsonObject(with: data[8..<start]),
      let header = object as? [String: Any]
    else {
      throw .badWeights(path: path, problem: "the header is not JSON")
    }
    arrays = [:]
    metadata = header["__metadata__"] as? [String: String] ?? [:]
    for (name, value) in header where name != "__metadata__" {
      arrays[name] = try Self.array(name, value, from: data, start: start, path: path)
    }
  }

  private static func array(
    _ name: String, _ value: Any, from data: Data, start: Int, path: String
  ) throws(TrainingError) -> Array {
    guard let entry = value as? [String: Any], entry["dtype"] as? String == "F32",
      let shape = entry["shape"] as? [Int], let offsets = entry["data_offsets"] as? [Int],
      offsets.count == 2, shape.allSatisfy({ $0 >= 0 && $0 <= Int(Int32.max) })
    else {
      throw .badWeights(path: path, problem: "'\(name)' is not an array of 32-bit floats")
    }
    let (count, overflow) = shape.reduce((1, false)) { partial, size in
      let product = partial.0.multipliedReportingOverflow(by: size)
      return (product.partialValue, partial.1 || product.overflow)
    }
    guard !overflow, offsets[0] >= 0, offsets[1] >= offsets[0], offsets[1] <= data.count - start,
      (offsets[1] - offsets[0]) % 4 == 0, (offsets[1] - offsets[0]) / 4 == count
    else {
      throw .badWeights(path: path, problem: "'\(name)' claims bytes that the file does not have")
    }
    let values = [Float](unsafeUninitializedCapacity: count) { buffer, initialized in
      let raw = UnsafeMutableRawBufferPointer(buffer)
      data.copyBytes(to: raw, from: (start + offsets[0])..<(start + offsets[1]))
      initialized = count
    }
    return Array(shape: shape, values: values)
  }
}
