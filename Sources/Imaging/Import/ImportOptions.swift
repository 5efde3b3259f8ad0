/// How scans become a dataset.
public struct ImportOptions: Sendable {
  /// What one case is.
  public enum CaseRule: String, Sendable, CaseIterable {
    /// All studies of a patient: modalities are often taken on different days.
    case patient

    /// Every study on its own.
    case study
  }

  public var dicom = DICOMOptions()
  public var caseRule = CaseRule.patient
  public var rules = ImportRules()

  /// The modality on whose grid labels lie; by default the one that most labels are drawn on.
  public var reference: String?

  /// Whether scans and labels whose axes are not at right angles get the nearest ones that are.
  public var isOrthonormalized = false

  /// The fewest slices of a volume of CT, MRI or PET.
  public var fewestSlices = 3

  /// As it is used by default.
  public init() {}
}
