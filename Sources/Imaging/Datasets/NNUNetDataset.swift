import Foundation

/// Reads the raw data of nnU-Net version 2: `imagesTr/case_0000.nii.gz`, `labelsTr/case.nii.gz`
/// and test images in `imagesTs`.
///
/// The first channel is the reference. Keys that nnU-Net allows for remarks are ignored.
///
/// Source: nnU-Net's documentation of its dataset format, version 2.
enum NNUNetDataset {
  static func read(_ file: DescriptionFile) throws(ImagingError) -> Dataset {
    if let value = file.top["dataset"] {
      throw file.bad(
        "dataset", expected: "absent (files are found in imagesTr and labelsTr)", found: value)
    }
    let (channels, modalities) = try channels(file)
    let labels = try labels(file)
    guard let ending = try file.string("file_ending", of: file.top, place: "") else {
      throw .missingKey(file: file.path, key: "file_ending", place: "at the top")
    }
    let training = try cases(file, "Tr", channels: channels, modalities, ending: ending)
    let test = try cases(file, "Ts", channels: channels, modalities, ending: ending)
    guard !training.isEmpty || !test.isEmpty else {
      throw .noCases(
        file: file.path, root: file.folder,
        patterns: channels.map { "imagesTr/{case}_\(number($0))\(ending)" })
    }
    let known = Set(training.map(\.name))
    let added = test.filter { !known.contains($0.name) }
    return Dataset(
      name: try file.string("name", of: file.top, place: "")
        ?? URL(fileURLWithPath: file.folder).lastPathComponent,
      root: file.folder, reference: modalities[0].name, modalities: modalities, labels: labels,
      licence: try file.string("licence", of: file.top, place: ""),
      cases: training + added, testCases: added.map(\.name))
  }

  /// The numbers of the channels, ascending, and what is in them.
  private static func channels(
    _ file: DescriptionFile
  ) throws(ImagingError) -> (numbers: [Int], modalities: [Modality]) {
    var names: [Int: String] = [:]
    for (key, value) in try file.object("channel_names") {
      guard let number = Int(key), number >= 0, case .string(let name) = value else {
        throw file.bad(
          "channel_names", expected: "like {\"0\": \"CT\", \"1\": \"T1\"}",
          found: .string("\(key): \(value.summary)"))
      }
      guard names.updateValue(name, forKey: number) == nil else {
        throw file.bad(
          "channel_names", expected: "numbers that differ", found: .string("\(number) twice"))
      }
    }
    guard !names.isEmpty else {
      throw file.bad("channel_names", expected: "at least one channel", found: .string("{}"))
    }
    let sorted = names.sorted { $0.key < $1.key }
    let safe = SafeName.makeUnique(from: sorted.map(\.value))
    let modalities = zip(sorted, safe).map { channel, name in
      Modality(name: name, kind: ModalityKind(guessingFrom: channel.value))
    }
    return (sorted.map(\.key), modalities)
  }

  private static func labels(_ file: DescriptionFile) throws(ImagingError) -> [Label] {
    let object = try file.object("labels")
    for (name, value) in object.sorted(by: { $0.key < $1.key }) {
      if case .array = value {
        throw file.bad(
          "labels: \(name)",
          expected: "one number (regions, which are several labels under one name, are not read)",
          found: value)
      }
    }
    if let value = object["ignore"] {
      throw file.bad(
        "labels: ignore", expected: "absent (voxels that are to be ignored are not supported)",
        found: value)
    }
    return try LabelList.read(object, in: file)
  }

  /// The cases of the folders `images…` and `labels…` that end in `part`.
  private static func cases(
    _ file: DescriptionFile, _ part: String, channels: [Int], _ modalities: [Modality],
    ending: String
  ) throws(ImagingError) -> [CaseFiles] {
    let key = "\"file_ending\""
    var images: [String: FilePattern] = [:]
    for (channel, modality) in zip(channels, modalities) {
      images[modality.name] = try FilePattern(
        "images\(part)/{case}_\(number(channel))\(ending)", key: key, file: file.path)
    }
    let labels = try FilePattern("labels\(part)/{case}\(ending)", key: key, file: file.path)
    return try CaseListing(root: file.folder, images: images, labels: labels).cases()
  }

  /// The channel's number as nnU-Net writes it: four digits.
  private static func number(_ channel: Int) -> String {
    let digits = String(channel)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}
