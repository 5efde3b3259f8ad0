import Randomness

/// One synthetic patient whose true anatomy is known.
public struct PhantomCase: Sendable {
  /// The scan of each of ``Phantom/modalities``, each on its own grid.
  public let scans: [String: Volume<Float>]

  /// Which of ``Phantom/labels`` is where, on the grid of the CT.
  public let labels: LabelMap

  /// A patient with the given scans and true labels.
  public init(scans: [String: Volume<Float>], labels: LabelMap) {
    self.scans = scans
    self.labels = labels
  }
}

/// Synthetic patients scanned by CT, MRI and ultrasound, for demonstrations and tests.
///
/// The anatomy is a set of analytic shapes in millimetres, bent by a smooth random displacement, so
/// it can be imaged on any grid. Each modality shows what the others do not: the calcification in
/// full only CT, the lesion only MRI, the cyst only ultrasound, which takes vessel and cyst for one
/// another; MRI shows the vessel. No single scan therefore suffices for all labels.
public enum Phantom {
  /// The structures to segment.
  public static let labels = [
    Label(name: "organ", value: 1), Label(name: "vessel", value: 2),
    Label(name: "lesion", value: 3), Label(name: "cyst", value: 4),
    Label(name: "calcification", value: 5),
  ]

  /// The scans of every case; CT is the reference.
  public static let modalities = [
    Modality(name: "ct", kind: .ct), Modality(name: "mri", kind: .mri),
    Modality(name: "ultrasound", kind: .ultrasound),
  ]

  /// Draws a patient and scans it.
  ///
  /// - Parameters:
  ///   - size: The voxels of the CT along each axis, at least 8. The field of view stays the same,
  ///     so the spacing of all three scans is inversely proportional to it; at 48 the CT has
  ///     1.6 × 1.6 × 2 mm.
  ///   - generator: Where the anatomy and all noise come from; the same stream gives the same
  ///     voxels, on one core or on many.
  public static func makeCase(
    size: Int = 48, using generator: inout some RandomNumberGenerator
  ) -> PhantomCase {
    precondition(size >= 8, "a phantom of \(size) voxels shows nothing; at least 8 are needed")
    let anatomy = PhantomAnatomy(using: &generator)
    let coarseness = 48 / Double(size)
    let (ct, labels) = PhantomCT.scan(anatomy, size: size, using: &generator)
    let mri = PhantomMRI.scan(anatomy, coarseness: coarseness, using: &generator)
    let ultrasound = PhantomUltrasound.scan(anatomy, coarseness: coarseness, using: &generator)
    return PhantomCase(
      scans: ["ct": ct, "mri": mri, "ultrasound": ultrasound], labels: labels)
  }
}
