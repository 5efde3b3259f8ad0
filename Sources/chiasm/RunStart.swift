import Foundation

/// What `train` and `search` look at before they start in a run folder.
enum RunStart {
  /// Refuses to start anew where a run has left its state.
  ///
  /// - Parameter marker: The file that tells that there is one.
  static func refuseToOverwrite(
    _ folder: String, marker: String, isResumed: Bool
  ) throws(UsageError) {
    guard !isResumed, FileManager.default.fileExists(atPath: "\(folder)/\(marker)") else { return }
    throw UsageError(
      "\(folder) holds a run already. Go on with --resume, or choose another --output.")
  }

  /// The pipeline file to read: the one that is given, or that of the run that is resumed.
  static func pipeline(_ given: String?, of folder: String, isResumed: Bool) -> String? {
    let own = "\(folder)/pipeline.json"
    guard given == nil, isResumed, FileManager.default.fileExists(atPath: own) else { return given }
    return own
  }
}
