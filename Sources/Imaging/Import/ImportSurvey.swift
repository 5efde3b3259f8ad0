import Foundation

/// Finds what there is to import below a folder.
struct ImportSurvey {
  /// Everything that may be a scan or labels, in the order of paths.
  let candidates: [ImportCandidate]

  /// What was not even considered, with the reason.
  let passedOver: [(path: String, reason: String)]

  /// Files that are damaged.
  let faults: [(path: String, error: ImagingError)]

  /// A number that is the same when the same files are there.
  let fingerprint: String

  /// - Throws: ``ImagingError`` when `root` cannot be listed.
  init(of root: String, options: ImportOptions) throws(ImagingError) {
    var unlisted: [(path: String, error: ImagingError)] = []
    let all = try DICOMFolder.files(at: root) { unlisted.append((root, $0)) }
    let relative = { (path: String) in String(path.dropFirst(root.count + 1)) }
    let files = all.filter { path in
      !options.rules.ignored.contains { $0.matches(relative(path)) }
    }
    var passed = all.filter { !Set(files).contains($0) }.map {
      (path: $0, reason: "ignored by rule")
    }
    let contents = DICOMContents(files, at: root, unlisted: unlisted)
    let stacks = StackCandidates(contents.images, options, relative: relative)
    let structures = StructureCandidates(contents, options)
    let others = FileCandidates(contents.foreign, options, relative: relative)
    passed += stacks.duplicates.map { ($0, "a copy of a picture that is there already") }
    passed += contents.others.map { ($0, "DICOM without pixels: a report, a plan or a directory") }
    passed += others.unread.map { ($0, "not a scan") }
    passedOver = passed
    faults = contents.faults + structures.faults
    candidates = (stacks.candidates + structures.candidates + others.candidates)
      .sorted { ($0.path, $0.summary) < ($1.path, $1.summary) }
    fingerprint = Self.fingerprint(of: files.map(relative))
  }

  /// FNV-1a over all names: says that the folder is the same, and nothing about any of them.
  private static func fingerprint(of names: [String]) -> String {
    let hash = names.joined(separator: "\n").utf8.reduce(0xCBF2_9CE4_8422_2325 as UInt64) {
      ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3
    }
    return String(hash, radix: 16)
  }
}
