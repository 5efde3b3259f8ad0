/// Names a scan's modality by what DICOM says of it, or by the words in its file name.
enum ModalityGuess {
  /// The words that tell the weightings of magnetic resonance apart, and the names they give.
  private static let weightings: [(words: Set<String>, name: String)] = [
    (["flair"], "mri-flair"), (["adc"], "mri-adc"), (["dwi", "dti", "diffusion"], "mri-dwi"),
    (["swi", "swan"], "mri-swi"), (["t1ce", "t1gd", "t1c", "t1post"], "mri-t1ce"),
    (["t2"], "mri-t2"), (["t1", "mprage", "bravo", "spgr"], "mri-t1"), (["pd"], "mri-pd"),
  ]

  private static let contrastWords: Set<String> = ["ce", "gd", "gad", "post", "contrast", "c"]

  /// The modality of a DICOM series; `nil` for one that is none of the four kinds.
  static func modality(dicom: String, descriptions: [String]) -> Modality? {
    switch dicom {
    case "CT": return Modality(name: "ct", kind: .ct)
    case "PT": return Modality(name: "pet", kind: .pet)
    case "US": return Modality(name: "ultrasound", kind: .ultrasound)
    case "MR":
      return Modality(name: weighting(in: descriptions.flatMap { words(in: $0) }), kind: .mri)
    default: return nil
    }
  }

  /// The modality that the words of a path tell, those of the file before those of its folders.
  static func modality(path: String) -> Modality? {
    for part in path.split(separator: "/").reversed() {
      let words = Self.words(in: String(part))
      if !words.isDisjoint(with: ["ct", "cbct"]) { return Modality(name: "ct", kind: .ct) }
      if !words.isDisjoint(with: ["pet", "pt", "suv"]) { return Modality(name: "pet", kind: .pet) }
      if !words.isDisjoint(with: ["us", "trus", "ultrasound", "bmode"]) {
        return Modality(name: "ultrasound", kind: .ultrasound)
      }
      let weighting = weighting(in: Array(words))
      if weighting != "mri" || !words.isDisjoint(with: ["mr", "mri"]) {
        return Modality(name: weighting, kind: .mri)
      }
    }
    return nil
  }

  /// Whether the words of a file name say that it holds labels.
  static func isLabels(path: String) -> Bool {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    let marks: Set<String> = [
      "mask", "masks", "label", "labels", "seg", "segmentation", "gt", "annotation", "contour",
    ]
    return !words(in: name).isDisjoint(with: marks)
  }

  /// Whether the words of a description say that a series is there to plan others.
  static func isLocalizer(_ descriptions: [String]) -> Bool {
    let marks: Set<String> = [
      "localizer", "localiser", "loc", "scout", "survey", "topogram", "surview", "scanogram",
    ]
    return !Set(descriptions.flatMap { words(in: $0) }).isDisjoint(with: marks)
  }

  private static func weighting(in words: [String]) -> String {
    let words = Set(words)
    guard let found = weightings.first(where: { !$0.words.isDisjoint(with: words) }) else {
      return "mri"
    }
    let isEnhanced = found.name == "mri-t1" && !words.isDisjoint(with: contrastWords)
    return isEnhanced ? "mri-t1ce" : found.name
  }

  /// Runs of letters and digits, in lower case.
  private static func words(in text: String) -> Set<String> {
    Set(text.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init))
  }
}
