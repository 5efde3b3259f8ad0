import Architecture
import Foundation
public import Imaging
import Networks
public import Torch

/// Masks for a whole dataset or folder; a bad case is listed and the batch goes on.
public struct PredictionRun {
  /// What became of one case.
  public enum Outcome: Sendable {
    /// Its mask lies at `path`; `missing` names the modalities that were to be used and are not there.
    case written(path: String, missing: [String])

    /// The mask was there already, from a run that is being resumed.
    case kept(path: String)

    case failed(reason: String)
  }

  public let run: RunFolder
  public let dataset: Dataset
  public let output: String
  public let device: Device
  public let options: InferenceOptions

  /// Those of the network's modalities that are used where they are there; `nil`: all.
  public let modalities: [String]?

  /// How many threads read, resample and write, at most; `nil` for one per core.
  public let threads: Int?

  /// - Precondition: `modalities` are of the network's.
  public init(
    run: RunFolder, dataset: Dataset, output: String, device: Device = .cpu,
    options: InferenceOptions = InferenceOptions(), modalities: [String]? = nil,
    threads: Int? = nil
  ) {
    self.modalities = modalities
    self.threads = threads
    self.run = run
    self.dataset = dataset
    self.output = output
    self.device = device
    self.options = options
  }

  /// What the masks of a folder were made with, so that a resumed batch does not mix two networks,
  /// two ways of cutting cases into windows, or two sets of modalities.
  private struct Origin: Codable {
    let dataset: String
    let network: String
    let weights: String
    let inference: InferenceOptions
    let modalities: [String]?
  }

  /// Segments the cases, writing `<case>.nii.gz` on the reference scan's original grid, with a
  /// picture beside it in `pictures/` and a line in `cases.jsonl` that says of which modalities it was
  /// made.
  ///
  /// - Parameters:
  ///   - resume: Whether sound masks of the same network that are there already are kept.
  ///   - onWindow: Told the case and how many of its windows are done.
  ///   - onWarning: Told the case and what went wrong beside its mask.
  ///   - onCase: Told each case's outcome.
  /// - Throws: ``TrainingError`` when the run cannot be used, or the folder holds another network's
  ///   masks and is to be resumed.
  public func callAsFunction(
    _ cases: [CaseFiles], resume: Bool = false,
    onWindow: (_ caseName: String, _ done: Int, _ of: Int) -> Void = { _, _, _ in },
    onWarning: (_ caseName: String, _ warning: String) -> Void = { _, _ in },
    onCase: (_ caseName: String, Outcome) -> Void = { _, _ in }
  ) throws {
    let (plan, design) = try run.design()
    let network = try TrainingRun.makeNetwork(design, plan: plan, seed: 0)
    let weights = run.file("weights.safetensors")
    try WeightStore.load(network, from: weights)
    try network.moveWeights(to: device, type: .float32)
    let predictor = Predictor(
      network: network, plan: plan, device: device, options: options, threads: threads)
    let folder = try RunFolder(creating: output)
    let origin = Origin(
      dataset: dataset.name, network: design.title,
      weights: try WeightStore.fingerprint(of: weights), inference: options,
      modalities: modalities)
    let isStarted = FileManager.default.fileExists(atPath: folder.file("prediction.json"))
    try folder.begin([(name: "prediction.json", value: origin)], resume: resume && isStarted)
    let log = LineLog<MaskRecord>(path: folder.file(MaskRecord.file))
    let known = resume && isStarted ? try log.records() : []
    try log.rewrite(known)
    for files in cases {
      let path = folder.file("\(files.name).nii.gz")
      let isRecorded = known.contains { $0.caseName == files.name }
      if isRecorded, isSound(path, for: files) {
        onCase(files.name, .kept(path: path))
        continue
      }
      do {
        let warn = { (text: String) in onWarning(files.name, text) }
        let present = try predict(files, with: predictor, to: path, warn: warn, onWindow)
        // A scan that is a case of its own lacks nothing.
        let record = MaskRecord(
          caseName: files.name, present: present,
          missing: dataset.isAligned ? design.modalities.filter { !present.contains($0) } : [])
        try log.append(record)
        let wanted = modalities ?? design.modalities
        onCase(files.name, .written(path: path, missing: record.missing.filter(wanted.contains)))
      } catch {
        onCase(files.name, .failed(reason: "\(error)"))
      }
    }
  }

  /// Whether the mask at `path` can be read and lies on its reference scan's grid.
  private func isSound(_ path: String, for files: CaseFiles) -> Bool {
    guard let reference = files.images[dataset.reference(of: files)],
      FileManager.default.fileExists(atPath: path)
    else { return false }
    do {
      let scan = try ScanFile.read(
        at: reference.path, frame: reference.frame, threads: threads)
      return try NIfTI.readLabels(at: path).geometry.agrees(with: scan.volume.geometry)
    } catch {
      // Whatever is wrong with either is found, and told, when the case is segmented again.
      return false
    }
  }

  /// Writes the mask and the picture of one case; returns the modalities that it was made of.
  private func predict(
    _ files: CaseFiles, with predictor: Predictor, to path: String, warn: (String) -> Void,
    _ onWindow: (String, Int, Int) -> Void
  ) throws -> [String] {
    let plan = predictor.plan
    let wanted = modalities ?? predictor.network.design.modalities
    let reference = dataset.reference(of: files)
    let scanned = try dataset.loadCase(
      files, modalities: Array(Set(wanted + [reference])), withLabels: false, threads: threads)
    let mask = try predictor.labelMap(of: scanned, using: wanted) { onWindow(files.name, $0, $1) }
    try NIfTI.write(
      mask, to: path, like: scanned.scans[reference]?.header, threads: threads)
    do {
      try writePicture(of: scanned, mask: mask, labels: files.labels, plan: plan)
    } catch {
      warn("its mask is written, but not its picture: \(error)")
    }
    return predictor.network.design.modalities.filter {
      wanted.contains($0) && scanned.scans[$0] != nil
    }
  }

  /// Draws the mask over the scans, with the reference labels where there are sound ones.
  private func writePicture(
    of scanned: Case, mask: LabelMap, labels: FileReference?, plan: Plan
  ) throws {
    let scans = plan.modalities.compactMap { entry in
      scanned.scans[entry.modality.name].map { (title: entry.modality.name, volume: $0.volume) }
    }
    let reference = try labels.map {
      try ScanFile.readLabels(at: $0.path, frame: $0.frame, threads: threads)
    }
    let fits = reference?.geometry.agrees(with: mask.geometry) == true
    let picture = Overlay.picture(
      of: scans, prediction: mask, reference: fits ? reference : nil, labels: plan.labels,
      threads: threads)
    let folder = try RunFolder(creating: output + "/pictures")
    try PNG.write(picture, to: folder.file("\(scanned.name).png"))
  }
}
