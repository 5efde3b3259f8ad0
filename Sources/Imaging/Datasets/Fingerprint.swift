/// What a dataset is like: the facts that decide preprocessing and the size of the network.
///
/// Source: F. Isensee et al., "nnU-Net", Nature Methods 2021, "dataset fingerprint".
public struct Fingerprint: Codable, Sendable {
  /// What the scans of one modality are like.
  public struct ModalityFingerprint: Codable, Hashable, Sendable {
    /// The modality's name.
    public let name: String

    /// How its numbers behave.
    public let kind: ModalityKind

    /// How many cases have a readable scan of it.
    public let casesPresent: Int

    /// How many cases lack it, or have one that cannot be read.
    public let casesMissing: Int

    /// The median number of voxels along each axis as stored; 0 when no case has it.
    public let medianSize: SIMD3<Int>

    /// The median spacing along each axis as stored, in millimetres.
    public let medianSpacing: SIMD3<Double>

    /// The least spacing along each axis, in millimetres.
    public let minimumSpacing: SIMD3<Double>

    /// The greatest spacing along each axis, in millimetres.
    public let maximumSpacing: SIMD3<Double>

    /// What the labelled voxels are like, when any case has labels over this modality.
    public let foreground: IntensityStatistics?
  }

  /// What one case is like.
  public struct CaseFingerprint: Codable, Hashable, Sendable {
    /// The case's name.
    public let name: String

    /// The grid of each scan that could be read, by modality.
    public let grids: [String: Geometry]

    /// How many voxels each label has in the label file, by the label's name.
    public let labelVoxels: [String: Int]
  }

  /// What each modality is like, in the dataset's order.
  public let modalities: [ModalityFingerprint]

  /// What each case is like, in the order they were given.
  public let cases: [CaseFingerprint]
}

extension Fingerprint {
  /// Reads `cases` one after the other and collects what they are like.
  ///
  /// - Parameters:
  ///   - dataset: The dataset the cases are from.
  ///   - cases: What to look at: the training cases, so that nothing is learnt from the others.
  ///   - onCase: Called with the name of each case when it has been read.
  /// - Returns: The fingerprint of what could be read, and every fault of every case.
  public static func of(
    _ dataset: Dataset, cases: [CaseFiles], onCase: (String) -> Void = { _ in }
  ) -> (fingerprint: Fingerprint, faults: [(case: String, error: ImagingError)]) {
    var prints: [CaseFingerprint] = []
    var faults: [(case: String, error: ImagingError)] = []
    var samples: [String: [Float]] = [:]
    for files in cases {
      let (scanned, found) = dataset.examine(files)
      faults += found.map { (files.name, $0) }
      prints.append(CaseFingerprint(of: scanned, labels: dataset.labels))
      for (modality, scan) in scanned.scans {
        guard let labels = scanned.labels else { continue }
        samples[modality, default: []] += ForegroundSample.of(scan.volume, labels: labels)
      }
      onCase(files.name)
    }
    let modalities = dataset.modalities.map { modality in
      ModalityFingerprint(
        of: modality, grids: prints.compactMap { $0.grids[modality.name] },
        patients: cases.patients.count,
        foreground: samples[modality.name].flatMap(IntensityStatistics.init(of:)))
    }
    return (Fingerprint(modalities: modalities, cases: prints), faults)
  }
}

extension Fingerprint.CaseFingerprint {
  fileprivate init(of scanned: Case, labels: [Label]) {
    let counts = scanned.labels?.histogram
    self.init(
      name: scanned.name, grids: scanned.scans.mapValues(\.volume.geometry),
      labelVoxels: counts.map { counts in
        Dictionary(
          labels.map { ($0.name, counts[$0.value]) }, uniquingKeysWith: { first, _ in first })
      } ?? [:])
  }
}

extension Fingerprint.ModalityFingerprint {
  /// - Parameters:
  ///   - present: The grids of the scans that could be read, one per patient at most.
  ///   - patients: Of how many patients there might have been one.
  fileprivate init(
    of modality: Modality, grids present: [Geometry], patients: Int,
    foreground: IntensityStatistics?
  ) {
    func along(_ axis: Int, _ choose: ([Double]) -> Double) -> Double {
      choose(present.map { $0.spacing[axis] })
    }
    func spacing(_ choose: ([Double]) -> Double) -> SIMD3<Double> {
      present.isEmpty ? .zero : [along(0, choose), along(1, choose), along(2, choose)]
    }
    let sizes = (0..<3).map { axis in Self.median(present.map { Double($0.size[axis]) }) }
    self.init(
      name: modality.name, kind: modality.kind, casesPresent: present.count,
      casesMissing: patients - present.count,
      medianSize: [Int(sizes[0]), Int(sizes[1]), Int(sizes[2])],
      medianSpacing: spacing(Self.median), minimumSpacing: spacing { $0.min() ?? 0 },
      maximumSpacing: spacing { $0.max() ?? 0 }, foreground: foreground)
  }

  /// The middle value, or the mean of the middle two; 0 when there is none.
  private static func median(_ values: [Double]) -> Double {
    guard !values.isEmpty else { return 0 }
    let sorted = values.sorted()
    return (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
  }
}
