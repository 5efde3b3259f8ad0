/// What a person says about scans where their headers and names do not: the rules file of an import.
///
/// ```json
/// {
///   "modalities": {
///     "mri-t1": { "kind": "mri", "modality": "MR", "description": "*mprage*" },
///     "mri-t2": { "kind": "mri", "file": "*_0001.nii.gz" }
///   },
///   "labels": { "tumour": ["gtv*", "1"] },
///   "labelFiles": ["*_seg.nii.gz"],
///   "ignore": ["*/localizer/*"]
/// }
/// ```
public struct ImportRules: Sendable {
  /// When a scan is of a modality: all conditions that are given must hold.
  struct ModalityRule: Sendable {
    let modality: Modality

    /// DICOM's Modality, `MR` for instance.
    let dicomModality: String?

    /// DICOM's Series Description or Protocol Name.
    let description: WildcardPattern?

    /// The path below the imported folder.
    let file: WildcardPattern?
  }

  /// In the order of the file; the first that fits counts.
  let modalities: [ModalityRule]

  /// The names and numbers that each label has in the scans, in the order of the file; empty where
  /// every name is a label of its own.
  let labels: [(name: String, patterns: [WildcardPattern])]

  /// The files, by their path, that are labels and not scans.
  let labelFiles: [WildcardPattern]

  /// The files and folders, by their path, that are passed over.
  let ignored: [WildcardPattern]

  /// No rules.
  public init() {
    (modalities, labels, labelFiles, ignored) = ([], [], [], [])
  }

  /// Reads the rules in the file at `path`.
  ///
  /// - Throws: ``ImagingError/badDataset(path:problem:advice:)``.
  public init(at path: String) throws(ImagingError) {
    let file = try DescriptionFile(path: path)
    try file.refuseUnknownKeys(
      of: file.top, place: "at the top", known: ["modalities", "labels", "labelFiles", "ignore"])
    modalities = file.top["modalities"] == nil ? [] : try Self.modalities(file)
    labels = file.top["labels"] == nil ? [] : try Self.labels(file)
    labelFiles = try Self.patterns("labelFiles", file)
    ignored = try Self.patterns("ignore", file)
  }

  private static func patterns(
    _ key: String, _ file: DescriptionFile
  ) throws(ImagingError) -> [WildcardPattern] {
    guard let value = file.top[key] else { return [] }
    return try file.strings(value, key: key).map(WildcardPattern.init)
  }

  private static func modalities(
    _ file: DescriptionFile
  ) throws(ImagingError) -> [ModalityRule] {
    let described = try file.object("modalities")
    var rules: [ModalityRule] = []
    for name in file.inFileOrder(Array(described.keys), after: "modalities") {
      guard SafeName.isSafe(name) else {
        throw file.bad(
          "modalities", expected: "names of letters, digits, \"-\", \"_\" and \".\"",
          found: .string(name))
      }
      let place = "in modality \"\(name)\""
      guard case .object(let entry)? = described[name] else {
        throw file.bad(name, expected: "{ \"kind\": …, … }", found: described[name] ?? .null)
      }
      let known = ["kind", "modality", "description", "file"]
      try file.refuseUnknownKeys(of: entry, place: place, known: known)
      let text = { (key: String) throws(ImagingError) in
        try file.string(key, of: entry, place: place)
      }
      guard let kind = try text("kind").flatMap(ModalityKind.init(rawValue:)) else {
        let kinds = ModalityKind.allCases.map(\.rawValue).joined(separator: ", ")
        throw file.bad("kind \(place)", expected: "one of \(kinds)", found: entry["kind"] ?? .null)
      }
      rules.append(
        ModalityRule(
          modality: Modality(name: name, kind: kind), dicomModality: try text("modality"),
          description: try text("description").map(WildcardPattern.init),
          file: try text("file").map(WildcardPattern.init)))
    }
    return rules
  }

  private static func labels(
    _ file: DescriptionFile
  ) throws(ImagingError) -> [(name: String, patterns: [WildcardPattern])] {
    let described = try file.object("labels")
    var labels: [(name: String, patterns: [WildcardPattern])] = []
    for name in file.inFileOrder(Array(described.keys), after: "labels") {
      let patterns = try file.strings(described[name] ?? .null, key: "labels: \(name)")
      labels.append((name, patterns.map(WildcardPattern.init)))
    }
    return labels
  }

  /// The modality of a scan by these rules.
  func modality(dicom: String?, descriptions: [String], file: String) -> Modality? {
    modalities.first { rule in
      (rule.dicomModality == nil || rule.dicomModality == dicom)
        && (rule.description.map { descriptions.contains(where: $0.matches) } ?? true)
        && (rule.file?.matches(file) ?? true)
    }?.modality
  }

  /// The label of a region or a number called `name`: `nil` where it is none.
  func label(of name: String) -> String? {
    guard !labels.isEmpty else { return name }
    return labels.first { $0.patterns.contains { $0.matches(name) } }?.name
  }
}
