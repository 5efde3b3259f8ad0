import Foundation

/// What can be known of a file before it is parsed.
struct FileFacts {
  /// The number of bytes on the disk.
  let byteCount: Int

  /// Whether the file begins as gzip does, whatever its name.
  let isCompressed: Bool

  /// The most bytes that `count` bytes of deflate can become.
  ///
  /// The longest match is 258 bytes and takes at least two bits: a ratio of at most 1032.
  static func largestContent(ofPacked count: Int) -> Int {
    let product = count.multipliedReportingOverflow(by: 1032)
    return product.overflow ? .max : product.partialValue
  }

  /// Looks at the file at `path`.
  ///
  /// - Throws: ``ImagingError/missingFile(path:)``, or ``ImagingError/unreadable(path:reason:)`` for
  ///   a folder and for what the system refuses.
  static func of(_ path: String) throws(ImagingError) -> FileFacts {
    var facts = stat()
    guard stat(path, &facts) == 0 else {
      let isAbsent = errno == ENOENT || errno == ENOTDIR
      throw isAbsent
        ? .missingFile(path: path) : .unreadable(path: path, reason: systemReason(errno))
    }
    guard facts.st_mode & S_IFMT == S_IFREG else {
      throw .unreadable(path: path, reason: "it is not a file")
    }
    let descriptor = open(path, O_RDONLY)
    guard descriptor >= 0 else {
      throw .unreadable(path: path, reason: systemReason(errno))
    }
    defer { close(descriptor) }
    var start: [UInt8] = [0, 0]
    guard read(descriptor, &start, 2) >= 0 else {
      throw .unreadable(path: path, reason: systemReason(errno))
    }
    return FileFacts(byteCount: Int(facts.st_size), isCompressed: start == [0x1F, 0x8B])
  }

  /// Whether there is a folder at `path`.
  static func isFolder(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
      && isFolder.boolValue
  }
}
