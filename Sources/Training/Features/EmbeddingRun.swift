import Architecture
import Foundation
public import Imaging
import Networks
public import Torch

/// Vectors for a whole dataset; a bad case is listed and the batch goes on.
public struct EmbeddingRun {
  public let run: RunFolder
  public let dataset: Dataset
  public let device: Device
  public let options: InferenceOptions

  /// The level and kind of features; what is `nil` is chosen by ``FeatureSource``.
  public var level: Int?
  public var kind: FeatureSource.Kind?
  public var regions = EmbeddingOrigin.RegionChoice.whole

  /// Cubes to embed beside the regions, which need label maps.
  public var patches: PatchRegions?

  /// How many threads read and resample, at most; `nil` for one per core.
  public var threads: Int?

  public init(
    run: RunFolder, dataset: Dataset, device: Device = .cpu,
    options: InferenceOptions = InferenceOptions()
  ) {
    self.run = run
    self.dataset = dataset
    self.device = device
    self.options = options
  }

  /// Embeds the cases, in their order. A modality that a case lacks has no vector.
  ///
  /// - Parameter onCase: Told each case that is done, with what went wrong if anything.
  /// - Throws: ``TrainingError`` when the run cannot be used, or has no such features.
  public func callAsFunction(
    _ cases: [CaseFiles], onCase: (_ caseName: String, _ fault: String?) -> Void = { _, _ in }
  ) throws -> EmbeddingTable {
    let (plan, design) = try run.design()
    try refuseTakenNames(design.modalities, plan.labels.map(\.name))
    let network = try TrainingRun.makeNetwork(design, plan: plan, seed: 0)
    let weights = run.file("weights.safetensors")
    try WeightStore.load(network, from: weights)
    try network.moveWeights(to: device, type: .float32)
    let source = try FeatureSource(of: network, level: level, kind: kind)
    let extractor = FeatureExtractor(
      predictor: Predictor(
        network: network, plan: plan, device: device, options: options, threads: threads),
      source: source)
    let isRecorded = FileManager.default.fileExists(atPath: run.file("run.json"))
    let record = isRecorded ? try run.read(RunRecord.self, from: "run.json") : nil
    var table = EmbeddingTable(
      origin: EmbeddingOrigin(
        dataset: dataset.name, network: design.title,
        weights: try WeightStore.fingerprint(of: weights), source: source, regions: regions,
        trainingCases: record.flatMap { $0.dataset == dataset.name ? patients(of: $0) : [] }),
      width: plan.topology.levels[source.level].channels)
    for files in cases {
      do {
        for (row, values) in try vectors(of: files, with: extractor) { table.add(row, values) }
        onCase(files.name, nil)
      } catch {
        onCase(files.name, "\(error)")
      }
    }
    return table
  }

  /// Whom the cases show that the network was trained on.
  private func patients(of record: RunRecord) -> [String] {
    var seen: Set<String> = []
    return record.trainingCases.map { dataset.files(ofCase: $0)?.patient ?? $0 }
      .filter { seen.insert($0).inserted }
  }

  private func refuseTakenNames(
    _ modalities: [String], _ labels: [String]
  ) throws(EmbeddingError) {
    if modalities.contains(EmbeddingTable.fusedName) {
      throw .nameIsTaken(
        EmbeddingTable.fusedName, of: "modality", means: "what the network makes of all")
    }
    for name in labels
    where name == FeatureRegion.wholeName || name == FeatureRegion.backgroundName
      || name.hasPrefix("patch-")
    {
      throw .nameIsTaken(name, of: "label", means: "a region of their own")
    }
  }

  private func vectors(
    of files: CaseFiles, with extractor: FeatureExtractor
  ) throws -> [(row: EmbeddingTable.Row, values: [Float])] {
    let (plan, design) = (extractor.predictor.plan, extractor.predictor.network.design)
    let there = dataset.modalities.map(\.name)
    let needsLabels = regions == .reference || patches != nil
    guard !needsLabels || files.labels != nil else {
      throw TrainingError.missingLabels(caseName: files.name)
    }
    let scanned = try dataset.loadCase(
      files,
      modalities: Array(Set(design.modalities + [dataset.reference(of: files)]))
        .filter(there.contains), withLabels: needsLabels, threads: threads)
    let seen = try Preprocessing(plan: plan, threads: threads)(
      scanned, modalities: design.modalities)
    let cubes = boxes(of: seen, plan)
    let prepared =
      regions == .predicted
      ? seen.labelled(
        by: try extractor.predictor.scores(of: seen).winners(), classCount: plan.topology.classes)
      : seen
    let volume =
      prepared.geometry.spacing.x * prepared.geometry.spacing.y
      * prepared.geometry.spacing.z
    let vectors = try extractor.vectors(
      of: prepared, over: [.whole] + structures(of: plan) + cubes)
    // Of a scan that is a case of its own there is nothing that could have been fused.
    return vectors.filter { dataset.isAligned || $0.modality != EmbeddingTable.fusedName }.map {
      found in
      let voxels = found.region.extent.voxelCount(
        size: prepared.geometry.size, classes: prepared.classes)
      let row = EmbeddingTable.Row(
        caseName: files.patient, modality: found.modality, region: found.region.name,
        label: found.region.label, volume: Double(voxels) * volume)
      return (row, found.values)
    }
  }

  private func boxes(of prepared: PreprocessedCase, _ plan: Plan) -> [FeatureRegion] {
    guard let patches, let classes = prepared.classes else { return [] }
    return patches.regions(
      ofCase: prepared.name, classes: classes, size: prepared.geometry.size,
      spacing: prepared.geometry.spacing, labels: plan.labels.map(\.name))
  }

  private func structures(of plan: Plan) -> [FeatureRegion] {
    guard regions != .whole else { return [] }
    return plan.labels.enumerated().map { index, label in
      FeatureRegion(
        name: label.name, label: label.name, extent: .voxels(ofClass: UInt8(index + 1)))
    }
  }
}

extension FeatureRegion.Extent {
  /// How many voxels belong to it.
  func voxelCount(size: SIMD3<Int>, classes: [UInt8]?) -> Int {
    switch self {
    case .whole: size.x * size.y * size.z
    case .voxels(let label): classes?.count { $0 == label } ?? 0
    case .box(let lower, let upper):
      (upper.x - lower.x) * (upper.y - lower.y) * (upper.z - lower.z)
    }
  }
}
