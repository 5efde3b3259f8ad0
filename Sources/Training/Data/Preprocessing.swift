import Architecture
public import Imaging

/// Brings a case on to the working grid of a plan: the one place where millimetres and x, y, z
/// become the network's `[depth, height, width]`.
///
/// Intensities are normalised on each modality's own grid, before interpolation can mix them with
/// what lies outside; every modality is then interpolated once, straight from its own grid.
public struct Preprocessing: Sendable {
  public let plan: Plan

  /// How many threads take part at most; `nil` for one per core.
  public let threads: Int?

  /// A working grid larger than this would not fit into a machine's memory: 4 GiB per modality.
  private static let maximumVoxels = 1 << 30

  public init(plan: Plan, threads: Int? = nil) {
    self.plan = plan
    self.threads = threads
  }

  /// The working grid of a case whose reference scan lies on `reference`.
  ///
  /// The box is the reference scan's, its axes turned to right, anterior, superior.
  public func workingGrid(for reference: Geometry) -> Geometry {
    reference.canonical.respaced(
      to: SIMD3(plan.spacing[0], plan.spacing[1], plan.spacing[2]))
  }

  /// Normalises and resamples a case.
  ///
  /// - Parameter modalities: The names to prepare; the others are left `nil`.
  /// - Throws: ``TrainingError/missingReference(caseName:modality:)`` when the scan that defines the
  ///   grid is absent; other cases when nothing can be read, or the working grid is too large.
  public func callAsFunction(
    _ scanned: Case, modalities: [String]
  ) throws(TrainingError) -> PreprocessedCase {
    let reference = try plan.referenceScan(of: scanned)
    let grid = workingGrid(for: reference.volume.geometry)
    guard grid.voxelCount <= Self.maximumVoxels else {
      throw .gridTooLarge(caseName: scanned.name, grid: grid.description)
    }
    let images = plan.modalities.map { entry -> [Float]? in
      guard modalities.contains(entry.modality.name),
        let scan = scanned.scans[entry.modality.name]
      else { return nil }
      return entry.normalization(scan.volume)
        .resampled(onto: grid, by: plan.resampling.images, outside: 0, threads: threads).voxels
    }
    guard zip(plan.modalities, images).contains(where: { $0.1 != nil }) else {
      throw .missingModalities(caseName: scanned.name, expected: modalities)
    }
    let classes = scanned.labels.map {
      self.classes(of: $0.resampled(onto: grid, by: plan.resampling.labels, threads: threads))
    }
    return PreprocessedCase(
      name: scanned.name, patient: scanned.patient, geometry: grid, images: images,
      classes: classes, classCount: plan.topology.classes)
  }

  /// The class of every voxel: the label's position in the plan plus one; 0 for other values.
  private func classes(of labels: LabelMap) -> [UInt8] {
    var table = [UInt8](repeating: 0, count: Int(UInt16.max) + 1)
    for (index, label) in plan.labels.enumerated() {
      table[label.value] = UInt8(index + 1)
    }
    return labels.voxels.map { table[Int($0)] }
  }
}

extension Plan {
  /// The scan on whose grid a case's labels and mask lie.
  ///
  /// - Throws: ``TrainingError/missingReference(caseName:modality:)`` when the case lacks it.
  func referenceScan(of scanned: Case) throws(TrainingError) -> Scan {
    let name = scanned.reference ?? reference
    guard let scan = scanned.scans[name] else {
      throw .missingReference(caseName: scanned.name, modality: name)
    }
    return scan
  }
}
