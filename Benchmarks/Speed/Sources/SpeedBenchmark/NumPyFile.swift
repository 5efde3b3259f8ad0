import Foundation

/// The numbers of an uncompressed `.npy` file.
///
/// Source: NumPy's description of the format, version 1.0; little-endian and in C order, as the
/// peers' inputs are.
struct NumPyFile {
  let shape: [Int]
  private let data: Data
  private let type: String

  init(_ path: String) throws {
    let file = try Data(contentsOf: URL(fileURLWithPath: path), options: .mappedIfSafe)
    guard file.count > 10, file.starts(with: [0x93] + Array("NUMPY".utf8)) else {
      throw Refusal("\(path) is not a NumPy file")
    }
    let length = Int(file[8]) + Int(file[9]) << 8
    let header = String(decoding: file[10..<min(10 + length, file.count)], as: UTF8.self)
    guard let type = header.firstMatch(of: /'descr': '([^']+)'/)?.1,
      let lengths = header.firstMatch(of: /'shape': \(([^)]*)\)/)?.1,
      header.contains("'fortran_order': False")
    else { throw Refusal("\(path) has a header this cannot read: \(header)") }
    self.type = String(type)
    shape = lengths.split(separator: ",").compactMap {
      Int($0.trimmingCharacters(in: .whitespaces))
    }
    data = file.subdata(in: (10 + length)..<file.count)
  }

  func floats() throws -> [Float] { try numbers("<f4") }

  func bytes() throws -> [UInt8] { try numbers("|u1") }

  private func numbers<Number: BitwiseCopyable>(_ wanted: String) throws -> [Number] {
    let count = shape.reduce(1, *)
    guard type == wanted, data.count == count * MemoryLayout<Number>.stride else {
      throw Refusal("expected numbers of type \(wanted), found \(type)")
    }
    return [Number](unsafeUninitializedCapacity: count) { buffer, initialized in
      data.copyBytes(to: UnsafeMutableRawBufferPointer(buffer))
      initialized = count
    }
  }
}
