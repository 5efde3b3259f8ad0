import Foundation

/// The scans of other formats among what is to be imported: NIfTI, MetaImage, NRRD, and folders of
/// PNG slices.
struct FileCandidates {
  private static let endings = [".nii.gz", ".nii", ".hdr", ".mha", ".mhd", ".nrrd", ".nhdr"]

  let candidates: [ImportCandidate]

  /// Files that are no scans.
  let unread: [String]

  init(_ files: [String], _ options: ImportOptions, relative: (String) -> String) {
    var candidates: [ImportCandidate] = []
    var unread: [String] = []
    var stacks: Set<String> = []
    for path in files {
      if path.lowercased().hasSuffix(".png") {
        stacks.insert(URL(fileURLWithPath: path).deletingLastPathComponent().path)
      } else if Self.endings.contains(where: path.lowercased().hasSuffix) {
        candidates.append(Self.candidate(path, options, relative: relative))
      } else {
        unread.append(path)
      }
    }
    candidates += stacks.sorted().map { Self.candidate($0, options, relative: relative) }
    (self.candidates, self.unread) = (candidates, unread)
  }

  private static func candidate(
    _ path: String, _ options: ImportOptions, relative: (String) -> String
  ) -> ImportCandidate {
    let place = relative(path)
    let isLabels =
      options.rules.labelFiles.contains { $0.matches(place) }
      || options.rules.labelFiles.isEmpty && ModalityGuess.isLabels(path: place)
    let modality =
      options.rules.modality(dicom: nil, descriptions: [], file: place)
      ?? ModalityGuess.modality(path: place)
    return ImportCandidate(
      source: .file(path), caseKey: caseKey(place, modality), path: path, modality: modality,
      isLabels: isLabels, summary: "a \(format(path)) file",
      reason: modality == nil && !isLabels
        ? "of a modality that neither its name nor a rule says" : nil,
      isDerived: false, size: 0, series: "")
  }

  private static func format(_ path: String) -> String {
    let ending = endings.first(where: path.lowercased().hasSuffix)
    return ending.map { String($0.dropFirst()) } ?? "PNG"
  }

  /// A folder of its own is a case; files side by side are cases by what comes before the words that
  /// tell the modality or the labels.
  private static func caseKey(_ place: String, _ modality: Modality?) -> String {
    let folders = place.split(separator: "/").dropLast()
    if let first = folders.first(where: { !isShared(String($0)) }) { return String(first) }
    let name = place.split(separator: "/").last.map(String.init) ?? place
    let ending = endings.first(where: name.lowercased().hasSuffix) ?? ""
    let words = name.dropLast(ending.count).split(separator: "_", omittingEmptySubsequences: false)
    let own = words.prefix { word in
      let text = String(word)
      let isChannel = text.count == 4 && text.allSatisfy(\.isNumber)
      return ModalityGuess.modality(path: text) == nil && !ModalityGuess.isLabels(path: text)
        && !isChannel
    }
    return own.isEmpty ? name : own.joined(separator: "_")
  }

  /// Folders that hold the scans of many cases.
  private static func isShared(_ folder: String) -> Bool {
    let shared: Set<String> = [
      "images", "imagestr", "imagests", "labels", "labelstr", "labelsts", "masks", "scans", "train",
      "test", "images_mr", "images_us", "labels_mr", "labels_us", "mr_images", "mr_labels",
      "us_images", "us_labels",
    ]
    return shared.contains(folder.lowercased())
  }
}
