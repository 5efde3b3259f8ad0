import Foundation
import Training

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

  /// The fold to hold out: the one that is given, or that of the run that is resumed.
  ///
  /// - Throws: ``UsageError`` when the resumed run holds out another one.
  static func fold(_ given: Int?, of folder: RunFolder, isResumed: Bool) throws -> Int? {
    guard isResumed, FileManager.default.fileExists(atPath: folder.file("run.json")) else {
      return given
    }
    let record = try folder.read(RunRecord.self, from: "run.json")
    guard given == nil || given == record.fold else {
      let own = record.fold.map { "fold \($0)" } ?? "no fold"
      throw UsageError("--fold: the run in \(folder.path) holds out \(own).")
    }
    return record.fold
  }
}
