import Foundation
import Imaging

/// The masks that predictions are compared with: a dataset's, or the files of a folder.
struct References {
  /// One mask and the name of its case.
  struct Mask {
    let name: String
    let file: FileReference
  }

  let masks: [Mask]

  /// The dataset's labels; absent for a folder, where the masks themselves say which there are.
  let labels: [Label]?

  /// The dataset's unions of labels.
  private let unions: [Region]

  /// - Parameters:
  ///   - path: A dataset, or a folder of masks named after their cases.
  ///   - selection: Which cases to take; a fold needs a dataset.
  init(at path: String, selection: CaseSelection) throws {
    if path.hasSuffix(".json") || FileManager.default.fileExists(atPath: path + "/dataset.json") {
      let dataset = try Dataset.load(path)
      masks = try selection.choose(from: dataset).compactMap { files in
        files.labels.map { Mask(name: files.name, file: $0) }
      }
      labels = dataset.labels
      unions = dataset.regions
    } else {
      let all = try MaskFolder(path: path).masks()
      let names = try selection.choose(fromNames: all.map(\.name), in: path)
      masks = all.filter { names.contains($0.name) }
      labels = nil
      unions = []
    }
    guard !masks.isEmpty else { throw UsageError("\(path) has no masks to compare with.") }
  }
}

extension References {
  private init(masks: [Mask], like other: References) {
    self.masks = masks
    labels = other.labels
    unions = other.unions
  }

  /// The masks of these cases alone, perhaps none.
  func keeping(_ names: Set<String>) -> References {
    References(masks: masks.filter { names.contains($0.name) }, like: self)
  }

  /// What to compare: the dataset's labels and regions, then those that are asked for; `nil`: every
  /// label that is found.
  func regions(adding choice: RegionChoice) throws(UsageError) -> [Region]? {
    let added = try choice.regions(among: labels)
    guard let labels else { return added.isEmpty ? nil : added }
    return labels.map { Region($0) } + unions + added
  }
}

/// A folder of masks, NIfTI or PNG, named after their cases.
struct MaskFolder {
  let path: String

  private static let endings = [".nii.gz", ".nii", ".png"]

  /// Every mask, by name.
  func masks() throws(ImagingError) -> [References.Mask] {
    let names: [String]
    do {
      names = try FileManager.default.contentsOfDirectory(atPath: path).sorted()
    } catch {
      throw .unreadable(path: path, reason: error.localizedDescription)
    }
    return names.compactMap { file in
      guard let ending = Self.endings.first(where: file.hasSuffix) else { return nil }
      return References.Mask(
        name: String(file.dropLast(ending.count)),
        file: FileReference(path: "\(path)/\(file)", frame: nil))
    }
  }

  /// The mask of a case, or `nil` when there is none.
  func mask(ofCase name: String) -> String? {
    Self.endings.map { "\(path)/\(name)\($0)" }
      .first { FileManager.default.fileExists(atPath: $0) }
  }
}
