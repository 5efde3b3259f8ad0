import Foundation
import Training

/// What `train` and `search` look at before they start in a run folder.
enum RunStart {
  /// Refuses to start anew where a run has left its record, and to resume where there is none.
  static func check(_ folder: String, isResumed: Bool) throws(UsageError) {
    let hasRun = FileManager.default.fileExists(atPath: "\(folder)/run.json")
    if isResumed, !hasRun {
      throw UsageError("\(folder) holds no run to resume. Start it without --resume.")
    }
    if !isResumed, hasRun {
      throw UsageError(
        "\(folder) holds a run already. Go on with --resume, or choose another --output.")
    }
  }

  /// Refuses other settings for a run that is resumed than it was started with.
  ///
  /// - Parameter growing: What a resumed run may change, such as the number of trials.
  static func check(
    _ settings: Pipeline, against folder: RunFolder, growing: WritableKeyPath<Pipeline, Int>? = nil
  ) throws {
    var stored = try Pipeline.read(folder.file("pipeline.json"))
    if let growing { stored[keyPath: growing] = settings[keyPath: growing] }
    guard stored == settings else {
      throw UsageError(
        "the settings are not those of the run in \(folder.path). Leave --pipeline and the like "
          + "out to go on with its own, or choose another --output.")
    }
  }

  /// A warning when cases that a search has looked at would pass for held-out ones.
  ///
  /// - Parameter genotype: The file that a search has written, with the search's record beside it.
  static func warning(aboutGenotype genotype: String, heldOut: [String]) throws -> String? {
    let folder = URL(fileURLWithPath: genotype).deletingLastPathComponent().path
    guard FileManager.default.fileExists(atPath: folder + "/run.json") else { return nil }
    let record = try RunFolder(creating: folder).read(RunRecord.self, from: "run.json")
    let seen = Set(record.trainingCases).intersection(heldOut).sorted()
    guard record.command == "search", !seen.isEmpty else { return nil }
    return "the search in \(folder) has looked at \(seen.joined(separator: ", ")), which this run "
      + "holds out; search with the same --fold to keep them unseen."
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
