import Foundation
import Imaging
import Training

/// A folder of scans without a description, read as the dataset that a plan expects.
struct ScanFolder {
  let path: String

  private static let endings = [".nii.gz", ".nii"]

  /// The cases found under the plan's modalities.
  ///
  /// Understands `CASE_MODALITY.nii.gz`, nnU-Net's `CASE_0000.nii.gz`, and `CASE/MODALITY.nii.gz` or
  /// a folder of PNG slices `CASE/MODALITY`.
  func dataset(for plan: Plan) throws -> Dataset {
    let modalities = plan.modalities.map(\.modality)
    var found: [String: [String: FileReference]] = [:]
    // What starts with a dot is the system's, or what a killed program left behind.
    for name in try Folder.names(in: path) where !name.hasPrefix(".") {
      for (caseName, modality, file) in scans(named: name, modalities) {
        let reference = FileReference(path: "\(path)/\(file)")
        if let other = found[caseName, default: [:]].updateValue(reference, forKey: modality) {
          throw ImagingError.badDataset(
            path: path,
            problem: "\(other.path) and \(reference.path) are both the \(modality) scan of case "
              + caseName,
            advice: "Remove or rename one of them.")
        }
      }
    }
    guard !found.isEmpty else { throw nothingFound(modalities) }
    let cases = found.map { CaseFiles(name: $0.key, images: $0.value) }
    return Dataset(
      name: plan.dataset, root: path, reference: plan.reference, modalities: modalities,
      labels: plan.labels, licence: nil, isAligned: plan.isAligned,
      cases: plan.isAligned ? cases : cases.flatMap(\.scans))
  }

  /// The scans that an entry of the folder stands for; `file` is relative to the folder.
  private func scans(
    named name: String, _ modalities: [Modality]
  ) -> [(caseName: String, modality: String, file: String)] {
    guard isFolder("\(path)/\(name)") else {
      return split(name, modalities).map { [($0.caseName, $0.modality, name)] } ?? []
    }
    return modalities.flatMap { modality in
      (Self.endings + [""]).map { "\(name)/\(modality.name)\($0)" }
        .filter { FileManager.default.fileExists(atPath: "\(path)/\($0)") }
        .map { (name, modality.name, $0) }
    }
  }

  /// The case and the modality that a file name tells, by the longest suffix: `a_t1_ce` is the
  /// `t1_ce` scan of `a`, although there is `ce` as well.
  private func split(
    _ file: String, _ modalities: [Modality]
  ) -> (caseName: String, modality: String)? {
    guard let ending = Self.endings.first(where: file.hasSuffix) else { return nil }
    let stem = String(file.dropLast(ending.count))
    let suffixes = modalities.enumerated().flatMap { index, modality in
      [("_\(modality.name)", modality.name), (Self.channel(index), modality.name)]
    }
    let fitting = suffixes.filter { stem.hasSuffix($0.0) && stem.count > $0.0.count }
    return fitting.max { $0.0.count < $1.0.count }
      .map { (String(stem.dropLast($0.0.count)), $0.1) }
  }

  /// The suffix that nnU-Net gives a channel: `_0000` for the first.
  private static func channel(_ index: Int) -> String { String(format: "_%04d", index) }

  private func nothingFound(_ modalities: [Modality]) -> ImagingError {
    let names = modalities.enumerated().map { index, modality in
      "CASE_\(modality.name).nii.gz, CASE\(Self.channel(index)).nii.gz or "
        + "CASE/\(modality.name).nii.gz"
    }
    return .badDataset(
      path: path,
      problem: "it has no dataset.json, and no scan with one of the names that the model reads, "
        + names.joined(separator: "; "),
      advice: "Rename the scans (.nii and folders of PNG slices will do too), or write a "
        + "dataset.json.")
  }

  private func isFolder(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
      && isFolder.boolValue
  }
}
