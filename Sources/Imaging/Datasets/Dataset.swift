import Foundation

/// A labelled multimodal dataset: what there is, and where.
///
/// Nothing but file names is read until a case is loaded. What `dataset.json` says is described in
/// `datasets/README.md`.
public struct Dataset: Sendable {
  /// The name for reports.
  public let name: String

  /// The folder that file patterns are relative to.
  public let root: String

  /// The modality on whose grid labels are given and masks are written; where scans share no space it
  /// is each scan's own, see ``reference(of:)``.
  public let reference: String

  /// Whether the scans of a patient show the same place at the same millimetre. Where they do not, every
  /// scan is a case of its own.
  public let isAligned: Bool

  /// Every modality, in the order of the description.
  public let modalities: [Modality]

  /// The structures to segment, by ascending value; background is not listed.
  public let labels: [Label]

  /// The unions of labels that are judged beside the labels.
  public let regions: [Region]

  /// The licence of the images, when the description says it.
  public let licence: String?

  /// Whether scans and labels whose axes are not at right angles get the nearest ones that are.
  public let isOrthonormalized: Bool

  /// Every case, by name, with labels or without.
  public let cases: [CaseFiles]

  /// The patients that training must not see.
  public let testCases: [String]

  /// The patients whose cases validate in each fold, when the description fixes them.
  let fixedFolds: [[String]]?

  /// A dataset put together in memory.
  ///
  /// - Parameters:
  ///   - isAligned: Whether a patient's scans share a space; without, each case has one scan.
  ///   - folds: The patients that validate in each fold, to fix the split.
  public init(
    name: String, root: String, reference: String, modalities: [Modality], labels: [Label],
    regions: [Region] = [], licence: String? = nil, isOrthonormalized: Bool = false,
    isAligned: Bool = true, cases: [CaseFiles], testCases: [String] = [],
    folds: [[String]]? = nil
  ) {
    self.isAligned = isAligned
    self.name = name
    self.root = root
    self.reference = reference
    self.modalities = modalities
    self.labels = labels.sorted { $0.value < $1.value }
    self.regions = regions
    self.licence = licence
    self.isOrthonormalized = isOrthonormalized
    self.cases = cases.sorted { $0.name < $1.name }
    self.testCases = testCases.sorted()
    self.fixedFolds = folds
  }

  /// The cases that training and validation may use: those with labels that are not test cases.
  public var labelledCases: [CaseFiles] {
    let test = Set(testCases)
    return cases.filter { $0.labels != nil && !test.contains($0.patient) }
  }

  /// The modality on whose grid the labels and the mask of a case lie: its only one where scans share no
  /// space.
  public func reference(of files: CaseFiles) -> String {
    isAligned ? reference : files.images.keys.first ?? reference
  }

  /// The modality called `name`.
  public func modality(named name: String) -> Modality? {
    modalities.first { $0.name == name }
  }

  /// The case called `name`.
  public func files(ofCase name: String) -> CaseFiles? {
    cases.first { $0.name == name }
  }
}

extension Dataset {
  /// Reads the description of a dataset and lists its cases.
  ///
  /// - Parameter path: A folder with a `dataset.json`, or such a file: Chiasm's, nnU-Net's
  ///   (version 2, raw data) or the Medical Segmentation Decathlon's.
  /// - Throws: ``ImagingError/badDataset(path:problem:advice:)``, which says the file, the key, what
  ///   was expected and what was found.
  public static func load(_ path: String) throws(ImagingError) -> Dataset {
    let file = try DescriptionFile(path: descriptionPath(for: path))
    if file.top["channel_names"] != nil { return try NNUNetDataset.read(file) }
    if file.top["modality"] != nil { return try DecathlonDataset.read(file) }
    return try ChiasmDataset.read(file)
  }

  /// Reads the scans of a case, and refuses one that ``faults(of:)`` would find fault with.
  ///
  /// - Parameters:
  ///   - names: The modalities to read; all by default. One that has no file is left out, unless
  ///     it is the reference. Labels can only be judged when the reference is among them.
  ///   - withLabels: Whether labels are read; without, nothing that is wrong with them matters.
  ///   - threads: How many threads take part at most; `nil` for one per core.
  /// - Throws: ``ImagingError``: the first fault of what is read.
  public func loadCase(
    _ files: CaseFiles, modalities names: [String]? = nil, withLabels: Bool = true,
    threads: Int? = nil
  ) throws(ImagingError) -> Case {
    let (scanned, faults) = examine(
      files, modalities: names, withLabels: withLabels, threads: threads)
    if let fault = faults.first { throw fault }
    return scanned
  }

  /// The description that `path` means, or an error that says what is there instead.
  private static func descriptionPath(for path: String) throws(ImagingError) -> String {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw .notADataset(folder: path, found: "no such file or folder")
    }
    guard isFolder.boolValue else { return path }
    let file = path + "/dataset.json"
    if FileManager.default.fileExists(atPath: file) { return file }
    let entries = try Folder.names(in: path)
    let more = entries.count > 5 ? " and \(entries.count - 5) more" : ""
    let found =
      entries.isEmpty ? "an empty folder" : entries.prefix(5).joined(separator: ", ") + more
    throw .notADataset(folder: path, found: found)
  }
}
