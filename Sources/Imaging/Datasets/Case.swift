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

/// The files of one case, which is a patient, or one scan of a patient where scans share no space. Only
/// files that exist are listed.
public struct CaseFiles: Hashable, Sendable {
  /// What is written for the case, and under what its masks are kept.
  public let name: String

  /// What stands for `{case}` in the file patterns: the name, unless the case is one of several scans.
  public let patient: String

  /// The image of each modality that is present, by the modality's name.
  public let images: [String: FileReference]

  /// The label file, where there is one.
  public let labels: FileReference?

  /// - Parameter patient: Whom the case shows; `nil`: the patient `name`.
  public init(
    name: String, patient: String? = nil, images: [String: FileReference],
    labels: FileReference? = nil
  ) {
    self.name = name
    self.patient = patient ?? name
    self.images = images
    self.labels = labels
  }
}

extension CaseFiles {
  /// A case per scan, `PATIENT.MODALITY`, without labels: for scans that share no space.
  public var scans: [CaseFiles] {
    images.map { CaseFiles(name: "\(patient).\($0)", patient: patient, images: [$0: $1]) }
  }
}

/// One case: a scan per modality that is present, and perhaps labels, each on its own grid.
public struct Case: Sendable {
  /// The name of the case in its dataset.
  public let name: String

  /// Whom it shows: the name, unless the case is one of several scans that share no space.
  public let patient: String

  /// The modality on whose grid labels are given and masks are written; `nil`: the dataset's.
  public let reference: String?

  /// The scan of each modality that is present, by the modality's name.
  public let scans: [String: Scan]

  /// What is where, with the numbers of the file.
  public let labels: LabelMap?

  /// - Parameters:
  ///   - patient: Whom the case shows; `nil`: the patient `name`.
  ///   - reference: The modality on whose grid labels are; `nil`: the dataset's.
  public init(
    name: String, patient: String? = nil, reference: String? = nil, scans: [String: Scan],
    labels: LabelMap? = nil
  ) {
    self.name = name
    self.patient = patient ?? name
    self.reference = reference
    self.scans = scans
    self.labels = labels
  }
}
