public import Foundation

/// Writes that happen entirely or not at all.
///
/// What is new is written under another name in the same folder, forced on to the disk, and then
/// given its name, so a crash leaves the old file or the new one and never a part.
public enum AtomicFile {
  /// Writes `data` to `path`, in place of what may be there.
  ///
  /// - Throws: ``ImagingError/writeFailed(path:reason:)``.
  public static func write(_ data: Data, to path: String) throws(ImagingError) {
    try replace(path) { temporary throws(ImagingError) in
      let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
      guard descriptor >= 0 else {
        throw .writeFailed(path: path, reason: systemReason(errno))
      }
      let error = data.withUnsafeBytes { writeAll($0, to: descriptor) }
      // Closing may be the first to tell that the disk is full.
      guard close(descriptor) == 0, error == 0 else {
        throw .writeFailed(path: path, reason: systemReason(error == 0 ? errno : error))
      }
    }
  }

  /// Replaces what may be at `path` with the file, or folder, that `write` makes at the temporary
  /// path it is given.
  ///
  /// The temporary path is in the same folder and has the same extension. When `write` throws, what
  /// it made is removed and `path` is untouched. A folder only replaces an empty folder.
  ///
  /// - Throws: What `write` throws, and ``ImagingError/writeFailed(path:reason:)``.
  public static func replace(
    _ path: String, writing write: (_ temporaryPath: String) throws(ImagingError) -> Void
  ) throws(ImagingError) {
    let target = URL(fileURLWithPath: path)
    let folder = target.deletingLastPathComponent().path
    // The end of the name keeps the extension; all of it might be longer than a name may be.
    let mark = UUID().uuidString.prefix(8)
    let temporary = "\(folder)/.chiasm-\(mark)-\(target.lastPathComponent.suffix(16))"
    do throws(ImagingError) {
      try write(temporary)
      try synchronize(temporary, for: path)
      guard rename(temporary, target.path) == 0 else {
        throw .writeFailed(path: path, reason: systemReason(errno))
      }
    } catch {
      throw removeRemains(temporary, after: error)
    }
    try synchronize(folder, for: path)
  }

  /// Forces a file or folder on to the disk.
  private static func synchronize(_ path: String, for target: String) throws(ImagingError) {
    let descriptor = open(path, O_RDONLY)
    guard descriptor >= 0 else {
      throw .writeFailed(path: target, reason: systemReason(errno))
    }
    defer { close(descriptor) }
    // Some file systems cannot synchronise folders and say EINVAL, which loses nothing.
    guard fsync(descriptor) == 0 || errno == EINVAL else {
      throw .writeFailed(path: target, reason: systemReason(errno))
    }
  }

  /// Removes what a failed write left, and returns its error; if this fails too, the error says so.
  private static func removeRemains(_ path: String, after error: ImagingError) -> ImagingError {
    let files = FileManager.default
    guard files.fileExists(atPath: path) else { return error }
    do {
      try files.removeItem(atPath: path)
      return error
    } catch let second {
      guard case .writeFailed(let target, let reason) = error else { return error }
      let remains = "what was begun is left at \(path) (\(ImagingError.reason(of: second)))"
      return .writeFailed(path: target, reason: "\(reason), and \(remains)")
    }
  }

  /// Writes every byte, and returns the system's error number or 0.
  static func writeAll(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> Int32 {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = Foundation.write(
        descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
      if count < 0 && errno != EINTR { return errno }
      rest = rest.dropFirst(max(0, count))
    }
    return 0
  }
}

/// What the system calls an error number.
func systemReason(_ number: Int32) -> String {
  String(cString: strerror(number))
}
