/// How the numbers of a scan behave, which decides how they are normalised.
public enum ModalityKind: String, Codable, Sendable, CaseIterable {
  /// Hounsfield units: the same tissue has the same number in every patient.
  case ct

  /// Arbitrary units: only contrasts within one scan mean something.
  case mri

  /// Log-compressed echoes inside a field of view, zero outside.
  case ultrasound

  /// Uptake, not bounded above.
  case pet
}

/// One kind of scan in a dataset: a name of the user's and how its numbers behave.
public struct Modality: Hashable, Sendable, Codable {
  /// The name that files, genotypes and tables use, such as `mri-flair`.
  public let name: String

  /// How the numbers behave.
  public let kind: ModalityKind

  /// A modality called `name` whose numbers behave like `kind`.
  public init(name: String, kind: ModalityKind) {
    self.name = name
    self.kind = kind
  }
}
