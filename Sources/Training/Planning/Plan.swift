public import Architecture
public import Imaging

/// How the scans of a dataset are brought to the network: what nnU-Net calls the plans.
///
/// A plan is made from a fingerprint, written into the run folder, and is all that inference needs
/// to know about the data.
public struct Plan: Hashable, Sendable {
  /// One modality and what is done to its intensities.
  public struct ModalityPlan: Codable, Hashable, Sendable {
    public let modality: Modality
    public let normalization: Normalization

    public init(modality: Modality, normalization: Normalization) {
      self.modality = modality
      self.normalization = normalization
    }
  }

  /// The dataset the plan was made for.
  public let dataset: String

  /// The modality on whose original grid masks are written; where scans share no space it is each scan's
  /// own.
  public let reference: String

  /// Whether the scans of a patient share a space; without, each is a case of its own.
  public let isAligned: Bool

  /// Every modality of the dataset, in the dataset's order.
  public let modalities: [ModalityPlan]

  /// The structures to find, in the order of the network's classes 1, 2, …; class 0 is background.
  public let labels: [Label]

  /// The working grid's spacing along x (right), y (anterior) and z (superior), in millimetres.
  public let spacing: [Double]

  /// How scans and labels are brought on to the working grid.
  public let resampling: CaseResampling

  /// The patch along x, y and z, in voxels of the working grid.
  public let patchSize: [Int]

  /// The patches of one training step.
  public let batchSize: Int

  /// The network's levels; its axes are depth, height, width: z, y, x.
  public let topology: Topology

  public init(
    dataset: String, reference: String, isAligned: Bool = true, modalities: [ModalityPlan],
    labels: [Label], spacing: [Double], resampling: CaseResampling = .spline, patchSize: [Int],
    batchSize: Int, topology: Topology
  ) {
    self.dataset = dataset
    self.reference = reference
    self.isAligned = isAligned
    self.modalities = modalities
    self.labels = labels
    self.spacing = spacing
    self.resampling = resampling
    self.patchSize = patchSize
    self.batchSize = batchSize
    self.topology = topology
  }

  /// The number of voxels of a patch.
  public var patchVoxels: Int { patchSize.reduce(1, *) }

  /// The patch as the network sees it: depth, height, width.
  public var patchShape: [Int] { Array(patchSize.reversed()) }

  /// The plan of the modality with the given name.
  public func modality(named name: String) -> ModalityPlan? {
    modalities.first { $0.modality.name == name }
  }

  /// Where the modalities with the given names stand in the plan.
  public func positions(of names: [String]) throws(TrainingError) -> [Int] {
    var positions: [Int] = []
    for name in names {
      guard let position = modalities.firstIndex(where: { $0.modality.name == name }) else {
        throw .unknownModality(name: name, known: modalities.map(\.modality.name))
      }
      positions.append(position)
    }
    return positions
  }
}

extension Plan {
  /// Decides the working grid, the patch and the network's levels for a dataset.
  ///
  /// - Throws: ``TrainingError/badPlan(problem:advice:)`` when no case shows the reference modality,
  ///   or an option asks for something that cannot be built.
  ///
  /// Source: F. Isensee et al., "nnU-Net", Nature Methods 18, 2021, online methods; the rules of its
  /// low-resolution configuration are used whenever a patch would see less than a quarter of the
  /// median case, because on a CPU the patch is small.
  public static func make(
    fingerprint: Fingerprint, dataset: Dataset, options: PlanOptions = PlanOptions()
  ) throws(TrainingError) -> Plan {
    guard !dataset.labels.isEmpty else {
      throw .badPlan(
        problem: "'\(dataset.name)' names no structure to find",
        advice: "Add \"labelFile\" and \"labels\" to dataset.json.")
    }
    let grids = fingerprint.cases.compactMap { entry in
      (dataset.isAligned ? entry.grids[dataset.reference] : entry.grids.values.first)?.canonical
    }
    guard !grids.isEmpty else {
      throw .badPlan(
        problem: "no case of '\(dataset.name)' has a readable "
          + (dataset.isAligned ? "'\(dataset.reference)' scan" : "scan"),
        advice: dataset.isAligned
          ? "Choose another reference modality in dataset.json."
          : "See what `chiasm inspect` says of its files.")
    }
    let spacing =
      options.spacing.isEmpty
      ? WorkingSpacing.choose(for: grids, patchVoxels: options.patchVoxels) : options.spacing
    guard spacing.count == 3, spacing.allSatisfy({ (0.01...1000).contains($0) }) else {
      throw .badPlan(
        problem: "the spacing \(spacing) is not three lengths of 0.01 to 1000 mm",
        advice: "Write it as [x, y, z], or [] to let the data decide.")
    }
    let layout = try PatchLayout.choose(for: grids, spacing: spacing, options: options)
    let modalities = dataset.modalities.map { modality in
      let print = fingerprint.modalities.first { $0.name == modality.name }
      return ModalityPlan(
        modality: modality,
        normalization: .of(kind: modality.kind, foreground: print?.foreground))
    }
    let plan = Plan(
      dataset: dataset.name, reference: dataset.reference, isAligned: dataset.isAligned,
      modalities: modalities, labels: dataset.labels, spacing: spacing,
      resampling: options.resampling, patchSize: layout.patchSize, batchSize: options.batchSize,
      topology: layout.topology(options: options, classes: dataset.labels.count + 1))
    if let fault = plan.fault {
      throw .badPlan(problem: fault, advice: "Change the \"plan\" section of the pipeline.")
    }
    return plan
  }
}
