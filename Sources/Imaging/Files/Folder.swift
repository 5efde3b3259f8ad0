import Foundation

/// What is in folders, and new ones; errors say what the system says.
public enum Folder {
  /// The names of what is in the folder at `path`, sorted, hidden or not.
  ///
  /// - Throws: ``ImagingError/missingFile(path:)`` or ``ImagingError/unreadable(path:reason:)``.
  public static func names(in path: String) throws(ImagingError) -> [String] {
    do {
      return try FileManager.default.contentsOfDirectory(atPath: path).sorted()
    } catch {
      var facts = stat()
      guard stat(path, &facts) == 0 || errno != ENOENT else { throw .missingFile(path: path) }
      throw .unreadable(path: path, reason: ImagingError.reason(of: error))
    }
  }

  /// Makes the folder at `path`, and those above it, where they are not there.
  ///
  /// - Throws: ``ImagingError/writeFailed(path:reason:)``.
  public static func create(_ path: String) throws(ImagingError) {
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      throw .writeFailed(path: path, reason: ImagingError.reason(of: error))
    }
  }
}

extension ImagingError {
  /// What the system, or a parser of JSON, says for itself inside one of Foundation's errors.
  public static func reason(of error: any Error) -> String {
    if let fault = error as? DecodingError { return reason(of: fault) }
    if let key = error as? StrictJSON.UnknownKey { return key.description }
    let outer = error as NSError
    let cause = outer.userInfo[NSUnderlyingErrorKey] as? any Error
    let inner = (cause ?? outer) as NSError
    if inner.domain == NSPOSIXErrorDomain { return systemReason(Int32(inner.code)) }
    if let text = inner.userInfo[NSDebugDescriptionErrorKey] as? String { return text }
    return systemNumbers[outer.code].map(systemReason) ?? outer.localizedDescription
  }

  /// The system's number for those of Foundation's that come without one.
  private static let systemNumbers: [Int: Int32] = [
    CocoaError.Code.fileNoSuchFile.rawValue: ENOENT,
    CocoaError.Code.fileReadNoSuchFile.rawValue: ENOENT,
    CocoaError.Code.fileReadNoPermission.rawValue: EACCES,
    CocoaError.Code.fileWriteNoPermission.rawValue: EACCES,
    CocoaError.Code.fileWriteFileExists.rawValue: EEXIST,
    CocoaError.Code.fileWriteOutOfSpace.rawValue: ENOSPC,
    CocoaError.Code.fileWriteVolumeReadOnly.rawValue: EROFS,
  ]
}
