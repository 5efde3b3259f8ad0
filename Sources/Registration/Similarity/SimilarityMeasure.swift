/// By what two scans of different modalities are judged to lie on one another.
public enum SimilarityMeasure: String, Hashable, Sendable, Codable, CaseIterable {
  /// Normalised mutual information, 1 (independent) to 2 (each tells the other): fast, and good where
  /// intensities of one scan tell those of the other, as with CT and MRI.
  ///
  /// Source: C. Studholme, D. Hill, D. Hawkes, "An Overlap Invariant Entropy Measure of 3D Medical
  /// Image Alignment", Pattern Recognition 32(1), 1999.
  case nmi

  /// The mean squared difference of modality-independent neighbourhood descriptors with
  /// self-similarity context, 0 (alike) to 1: edges and textures, whatever their brightness.
  ///
  /// Source: M. Heinrich et al., "Towards Realtime Multimodal Fusion for Image-Guided Interventions
  /// Using Self-similarities", MICCAI 2013.
  case mind

  /// Whether more is better.
  public var isBetterWhenGreater: Bool { self == .nmi }

  /// What is reported for a cost, which is always better when less.
  func value(ofCost cost: Double) -> Double { self == .nmi ? -cost : cost }
}
