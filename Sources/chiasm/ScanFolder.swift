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
    for name in try list(path) {
      if isFolder("\(path)/\(name)") {
        for (modality, file) in scans(inCase: "\(path)/\(name)", modalities) {
          found[name, default: [:]][modality] = file
        }
      } else if let (caseName, modality) = split(name, modalities) {
        found[caseName, default: [:]][modality] = FileReference(
          path: "\(path)/\(name)", frame: nil)
      }
    }
    guard !found.isEmpty else {
      throw ImagingError.missingFile(
        path: "\(path)/CASE_\(modalities.first?.name ?? "MODALITY").nii.gz")
    }
    return Dataset(
      name: plan.dataset, root: path, reference: plan.reference, modalities: modalities,
      labels: plan.labels, licence: nil,
      cases: found.keys.sorted().map { name in
        CaseFiles(name: name, images: found[name] ?? [:], labels: nil)
      })
  }

  /// The case and the modality that a file name tells.
  private func split(_ file: String, _ modalities: [Modality]) -> (String, String)? {
    guard let ending = Self.endings.first(where: file.hasSuffix) else { return nil }
    let stem = String(file.dropLast(ending.count))
    for (index, modality) in modalities.enumerated() {
      for suffix in ["_\(modality.name)", String(format: "_%04d", index)] {
        if stem.hasSuffix(suffix), stem.count > suffix.count {
          return (String(stem.dropLast(suffix.count)), modality.name)
        }
      }
    }
    return nil
  }

  private func scans(
    inCase folder: String, _ modalities: [Modality]
  ) -> [(modality: String, file: FileReference)] {
    modalities.compactMap { modality in
      let candidates = (Self.endings + [""]).map { "\(folder)/\(modality.name)\($0)" }
      return candidates.first { FileManager.default.fileExists(atPath: $0) }
        .map { (modality.name, FileReference(path: $0, frame: nil)) }
    }
  }

  private func list(_ folder: String) throws(ImagingError) -> [String] {
    do {
      return try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    } catch {
      throw .unreadable(path: folder, reason: error.localizedDescription)
    }
  }

  private func isFolder(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
      && isFolder.boolValue
  }
}
