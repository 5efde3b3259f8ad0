import Foundation

/// Reads a task of the Medical Segmentation Decathlon: one 3-D or 4-D file per case, whose frames
/// are the modalities.
///
/// The first modality is the reference.
///
/// Source: M. Antonelli et al., "The Medical Segmentation Decathlon", Nature Communications 2022.
enum DecathlonDataset {
  static func read(_ file: DescriptionFile) throws(ImagingError) -> Dataset {
    let modalities = try modalities(file)
    let labels = try labels(file)
    var cases: [String: CaseFiles] = [:]
    for entry in try list("training", in: file) {
      guard case .object(let pair) = entry, case .string(let image)? = pair["image"],
        case .string(let label)? = pair["label"]
      else {
        throw file.bad(
          "training", expected: "a list of {\"image\": …, \"label\": …}", found: entry)
      }
      let found = try files(image, label: label, modalities: modalities, in: file)
      try refuse(found, with: cases[found.name], as: "training", in: file)
      cases[found.name] = found
    }
    var test: [String] = []
    for entry in try list("test", in: file) {
      guard case .string(let image) = entry else {
        throw file.bad("test", expected: "a list of file names", found: entry)
      }
      let found = try files(image, label: nil, modalities: modalities, in: file)
      try refuse(found, with: cases[found.name], as: "test", in: file)
      cases[found.name] = found
      test.append(found.name)
    }
    guard cases.contains(where: { !$0.value.images.isEmpty }) else {
      throw .noCases(file: file.path, root: file.folder, patterns: ["the files of \"training\""])
    }
    return Dataset(
      name: try file.string("name", of: file.top, place: "")
        ?? URL(fileURLWithPath: file.folder).lastPathComponent,
      root: file.folder, reference: modalities[0].name, modalities: modalities, labels: labels,
      licence: try file.string("licence", of: file.top, place: ""), cases: Array(cases.values),
      testCases: test)
  }

  private static func list(
    _ key: String, in file: DescriptionFile
  ) throws(ImagingError) -> [JSONValue] {
    guard let value = file.top[key] else { return [] }
    guard case .array(let entries) = value else {
      throw file.bad(key, expected: "a list", found: value)
    }
    return entries
  }

  /// Refuses a case that has the name of an earlier one.
  private static func refuse(
    _ found: CaseFiles, with earlier: CaseFiles?, as key: String, in file: DescriptionFile
  ) throws(ImagingError) {
    guard earlier == nil else {
      throw file.bad(
        key, expected: "images whose file names all differ",
        found: .string("\(found.name) twice"))
    }
  }

  /// The modalities in the order of the frames.
  private static func modalities(_ file: DescriptionFile) throws(ImagingError) -> [Modality] {
    let object = try file.object("modality")
    var names: [String] = []
    for frame in 0..<object.count {
      guard case .string(let name)? = object[String(frame)] else {
        throw file.bad(
          "modality", expected: "like {\"0\": \"FLAIR\", \"1\": \"T1w\"}, counted from 0",
          found: .string(object.keys.sorted().joined(separator: ", ")))
      }
      names.append(name)
    }
    guard !names.isEmpty else {
      throw file.bad("modality", expected: "at least one modality", found: .string("{}"))
    }
    return zip(names, SafeName.makeUnique(from: names)).map { name, safe in
      Modality(name: safe, kind: ModalityKind(guessingFrom: name))
    }
  }

  private static func labels(_ file: DescriptionFile) throws(ImagingError) -> [Label] {
    var labels: [Label] = []
    for (key, value) in try file.object("labels").sorted(by: { $0.key < $1.key }) {
      guard let number = Int(key), (0...65535).contains(number), case .string(let name) = value
      else {
        throw file.bad(
          "labels", expected: "like {\"0\": \"background\", \"1\": \"liver\"}, at most 65535",
          found: .string("\(key): \(value.summary)"))
      }
      labels.append(Label(name: name, value: number))
    }
    try LabelList.check(labels, in: file)
    return labels.filter { $0.value != 0 }
  }

  /// The files of the case whose image is `image`, a path relative to the description.
  private static func files(
    _ image: String, label: String?, modalities: [Modality], in file: DescriptionFile
  ) throws(ImagingError) -> CaseFiles {
    let path = try resolve(image, in: file)
    var images: [String: FileReference] = [:]
    if FilePattern.isPresent(path) {
      for (frame, modality) in modalities.enumerated() {
        images[modality.name] = FileReference(
          path: path, frame: modalities.count > 1 ? frame : nil)
      }
    }
    let labelPath = try label.map { (text) throws(ImagingError) in try resolve(text, in: file) }
    let labels = labelPath.flatMap { FilePattern.isPresent($0) ? FileReference(path: $0) : nil }
    return CaseFiles(name: name(of: image), images: images, labels: labels)
  }

  private static func resolve(
    _ written: String, in file: DescriptionFile
  ) throws(ImagingError) -> String {
    let components = written.split(separator: "/").filter { $0 != "." }
    guard !written.hasPrefix("/"), !components.contains(".."), !components.isEmpty else {
      throw file.bad(
        "training", expected: "paths below the folder of the description",
        found: .string(written))
    }
    return file.folder + "/" + components.joined(separator: "/")
  }

  /// `BRATS_001` for `./imagesTr/BRATS_001.nii.gz`.
  private static func name(of image: String) -> String {
    let file = URL(fileURLWithPath: image).lastPathComponent
    return [".nii.gz", ".nii"].first(where: file.hasSuffix)
      .map { String(file.dropLast($0.count)) } ?? file
  }
}
