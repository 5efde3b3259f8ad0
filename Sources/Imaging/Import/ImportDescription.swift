import Foundation

/// The `dataset.json` of an import.
struct ImportDescription {
  /// The reference first.
  private let modalities: [Modality]
  private let labels: [Label]

  init(_ modalities: [Modality], labels: [Label]) {
    self.modalities = modalities
    self.labels = labels
  }

  /// Writes the file into a folder.
  ///
  /// - Throws: ``ImagingError/writeFailed(path:reason:)``.
  func write(to folder: String) throws(ImagingError) {
    try AtomicFile.write(Data(text.utf8), to: folder + "/dataset.json")
  }

  private var text: String {
    let modalities = modalities.map { modality in
      "    \(quoted(modality.name)): { \"kind\": \"\(modality.kind.rawValue)\", "
        + "\"file\": \(quoted("{case}/\(modality.name).nii.gz")) }"
    }
    var lines = [
      "  \"name\": \"imported\"",
      "  \"reference\": \(quoted(self.modalities.first?.name ?? ""))",
      "  \"modalities\": {\n" + modalities.joined(separator: ",\n") + "\n  }",
    ]
    if !labels.isEmpty {
      let values = labels.map { "\(quoted($0.name)): \($0.value)" }
      lines.append("  \"labelFile\": \"{case}/labels.nii.gz\"")
      lines.append("  \"labels\": { \"background\": 0, \(values.joined(separator: ", ")) }")
    }
    return "{\n" + lines.joined(separator: ",\n") + "\n}\n"
  }

  /// A text as JSON writes it.
  private func quoted(_ text: String) -> String {
    let escaped = text.unicodeScalars.map { scalar -> String in
      switch scalar {
      case "\"": "\\\""
      case "\\": "\\\\"
      case _ where scalar.value < 0x20: String(format: "\\u%04x", scalar.value)
      default: String(scalar)
      }
    }
    return "\"" + escaped.joined() + "\""
  }
}
