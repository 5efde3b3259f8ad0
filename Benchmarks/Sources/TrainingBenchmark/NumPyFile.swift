import Foundation

/// The numbers of a `.npy` file of version 1 in C order, whose shape and type the reader knows.
struct NumPyFile {
  /// Why a file cannot be read.
  struct Refusal: Error, CustomStringConvertible {
    let description: String
  }

  private let numbers: Data

  init(_ path: String) throws {
    let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
    guard bytes.count > 10, bytes.prefix(6) == Data([0x93] + "NUMPY".utf8), bytes[6] == 1 else {
      throw Refusal(description: "\(path) is not a NumPy file of version 1")
    }
    numbers = bytes.dropFirst(10 + Int(bytes[8]) + Int(bytes[9]) << 8)
  }

  func values<Number: BitwiseCopyable>(as type: Number.Type) -> [Number] {
    let count = numbers.count / MemoryLayout<Number>.stride
    return [Number](unsafeUninitializedCapacity: count) { buffer, initialized in
      numbers.copyBytes(to: UnsafeMutableRawBufferPointer(buffer))
      initialized = count
    }
  }
}
