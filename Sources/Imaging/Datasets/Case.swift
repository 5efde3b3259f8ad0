/// Where one image is: a file, and which of its volumes when it holds several.
public struct FileReference: Hashable, Sendable {
  /// A file, or a folder of PNG frames.
  public let path: String

  /// Which volume of a 4-D file, counted from 0; `nil` for a file that holds one.
  public let frame: Int?

  /// The volume `frame` of the file at `path`.
  public init(path: String, frame: Int? = nil) {
    self.path = path
    self.frame = frame
  }
}

/// The files of one patient. Only files that exist are listed.
public struct CaseFiles: Hashable, Sendable {
  /// What stands for `{case}` in the file patterns.
  public let name: String

  /// The image of each modality that is present, by the modality's name.
  public let images: [String: FileReference]

  /// The label file, where there is one.
  public let labels: FileReference?

  /// The files of the patient `name`.
  public init(name: String, images: [String: FileReference], labels: FileReference? = nil) {
    self.name = name
    self.images = images
    self.labels = labels
  }
}

/// One patient: a scan per modality that is present, and perhaps labels, each on its own grid.
public struct Case: Sendable {
  /// The name of the case in its dataset.
  public let name: String

  /// The scan of each modality that is present, by the modality's name.
  public let scans: [String: Scan]

  /// What is where, with the numbers of the file.
  public let labels: LabelMap?

  /// The patient `name`.
  public init(name: String, scans: [String: Scan], labels: LabelMap? = nil) {
    self.name = name
    self.scans = scans
    self.labels = labels
  }
}
