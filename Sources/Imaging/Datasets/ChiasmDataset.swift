import Foundation

/// Reads Chiasm's own `dataset.json`, which can describe any layout on disk.
enum ChiasmDataset {
  private static let keys = [
    "name", "root", "aligned", "reference", "modalities", "labelFile", "labelFrame", "labels",
    "regions", "licence", "orthonormalize", "split",
  ]

  static func read(_ file: DescriptionFile) throws(ImagingError) -> Dataset {
    try file.refuseUnknownKeys(of: file.top, place: "at the top", known: keys)
    let root = try rootFolder(file)
    let isAligned = try file.flag("aligned") ?? true
    let (modalities, listing) = try listing(file, root: root, isAligned: isAligned)
    let labels = try labels(
      file, areNeeded: listing.labels != nil || !listing.ownLabels.isEmpty)
    let cases = try isAligned ? listing.cases() : listing.scans()
    guard !cases.isEmpty else {
      let texts = modalities.compactMap { listing.images[$0.name]?.text }
      throw .noCases(file: file.path, root: root, patterns: texts)
    }
    let split = try Split(file, cases: cases)
    return Dataset(
      name: try file.string("name", of: file.top, place: "")
        ?? URL(fileURLWithPath: file.folder).lastPathComponent,
      root: root, reference: try reference(file, modalities: modalities),
      modalities: modalities, labels: labels, regions: try RegionList.read(file, labels: labels),
      licence: try file.string("licence", of: file.top, place: ""),
      isOrthonormalized: try file.flag("orthonormalize") ?? false, isAligned: isAligned,
      cases: cases, testCases: split.test, folds: split.folds)
  }

  /// The folder the patterns start from: relative to the description, not to where one stands.
  private static func rootFolder(_ file: DescriptionFile) throws(ImagingError) -> String {
    let written = try file.string("root", of: file.top, place: "") ?? "."
    let base = URL(fileURLWithPath: file.folder, isDirectory: true)
    let root = URL(fileURLWithPath: written, relativeTo: base).standardizedFileURL.path
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: root, isDirectory: &isFolder), isFolder.boolValue
    else {
      throw .badValue(
        file: file.path, key: "root", expected: "a folder that exists",
        found: "\"\(written)\", which is \(root)")
    }
    return root
  }

  /// The modalities, and where their scans and the labels are: those of each scan in its modality's
  /// entry where scans share no space, in one file per case where they do.
  private static func listing(
    _ file: DescriptionFile, root: String, isAligned: Bool
  ) throws(ImagingError) -> ([Modality], CaseListing) {
    let described = try file.object("modalities")
    guard !described.isEmpty else {
      throw file.bad("modalities", expected: "at least one modality", found: .string("{}"))
    }
    var modalities: [Modality] = []
    var listing = CaseListing(root: root, images: [:])
    if let value = file.top["labelFrame"] {
      guard let frame = value.integer, frame >= 0 else {
        throw file.bad(
          "labelFrame", expected: "the number of a volume of the label files, from 0", found: value)
      }
      listing.labelFrame = frame
    }
    if let text = try file.string("labelFile", of: file.top, place: "") {
      guard isAligned else {
        throw file.bad(
          "labelFile",
          expected: "one in every modality, because \"aligned\" is false: labels lie on the grid "
            + "of a scan", found: .string(text))
      }
      listing.labels = try FilePattern(text, key: "\"labelFile\"", file: file.path)
    }
    for name in file.inFileOrder(Array(described.keys), after: "modalities") {
      guard SafeName.isSafe(name) else {
        throw file.bad(
          "modalities", expected: "names of letters, digits, \"-\", \"_\" and \".\"",
          found: .string(name))
      }
      let place = "in modality \"\(name)\""
      guard case .object(let entry)? = described[name] else {
        throw file.bad(
          name, expected: "{ \"kind\": …, \"file\": … }", found: described[name] ?? .null)
      }
      try file.refuseUnknownKeys(
        of: entry, place: place, known: ["kind", "file"] + (isAligned ? [] : ["labelFile"]))
      guard let pattern = try file.string("file", of: entry, place: place) else {
        throw .missingKey(file: file.path, key: "file", place: place)
      }
      modalities.append(Modality(name: name, kind: try kind(of: entry, place: place, in: file)))
      listing.images[name] = try FilePattern(pattern, key: "modality \"\(name)\"", file: file.path)
      if let text = try file.string("labelFile", of: entry, place: place) {
        listing.ownLabels[name] = try FilePattern(
          text, key: "\"labelFile\" of modality \"\(name)\"", file: file.path)
      }
    }
    return (modalities, listing)
  }

  private static func kind(
    of entry: [String: JSONValue], place: String, in file: DescriptionFile
  ) throws(ImagingError) -> ModalityKind {
    guard let text = try file.string("kind", of: entry, place: place) else {
      throw .missingKey(file: file.path, key: "kind", place: place)
    }
    guard let kind = ModalityKind(rawValue: text) else {
      let known = ModalityKind.allCases.map(\.rawValue).joined(separator: ", ")
      throw file.bad("kind \(place)", expected: "one of \(known)", found: .string(text))
    }
    return kind
  }

  private static func reference(
    _ file: DescriptionFile, modalities: [Modality]
  ) throws(ImagingError) -> String {
    guard let name = try file.string("reference", of: file.top, place: "") else {
      return modalities[0].name
    }
    guard modalities.contains(where: { $0.name == name }) else {
      let known = modalities.map(\.name).joined(separator: ", ")
      throw file.bad("reference", expected: "one of \(known)", found: .string(name))
    }
    return name
  }

  private static func labels(
    _ file: DescriptionFile, areNeeded: Bool
  ) throws(ImagingError) -> [Label] {
    guard areNeeded || file.top["labels"] != nil else { return [] }
    return try LabelList.read(file.object("labels"), in: file)
  }
}
