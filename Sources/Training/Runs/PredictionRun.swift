import Architecture
public import Imaging
import Networks
public import Torch

/// Masks for a whole dataset or folder; a bad case is listed and the batch goes on.
public struct PredictionRun {
  /// What became of one case.
  public enum Outcome: Sendable {
    /// Its mask lies at `path`; `missing` names the modalities it was made without.
    case written(path: String, missing: [String])

    /// The mask was there already, from a run that is being resumed.
    case kept(path: String)

    case failed(reason: String)
  }

  public let run: RunFolder
  public let dataset: Dataset
  public let output: String
  public let device: Device

  public init(run: RunFolder, dataset: Dataset, output: String, device: Device = .cpu) {
    self.run = run
    self.dataset = dataset
    self.output = output
    self.device = device
  }

  /// Segments the cases, writing `<case>.nii.gz` on the reference scan's original grid, with a
  /// picture beside it in `pictures/`.
  ///
  /// - Parameters:
  ///   - resume: Whether masks that are there already are kept.
  ///   - onWindow: Told the case and how many of its windows are done.
  ///   - onCase: Told each case's outcome.
  public func callAsFunction(
    _ cases: [CaseFiles], resume: Bool = false,
    onWindow: (_ caseName: String, _ done: Int, _ of: Int) -> Void = { _, _, _ in },
    onCase: (_ caseName: String, Outcome) -> Void = { _, _ in }
  ) throws {
    let (plan, design) = try run.design()
    let network = try TrainingRun.makeNetwork(design, plan: plan, seed: 0)
    try WeightStore.load(network, from: run.file("weights.safetensors"))
    try network.moveWeights(to: device, type: .float32)
    let predictor = Predictor(network: network, plan: plan, device: device)
    let pictures = try RunFolder(creating: output + "/pictures")
    for files in cases {
      let path = output + "/\(files.name).nii.gz"
      if resume, (try? NIfTI.readHeader(at: path)) != nil {
        onCase(files.name, .kept(path: path))
        continue
      }
      do {
        let missing = try predict(files, with: predictor, to: path, pictures: pictures, onWindow)
        onCase(files.name, .written(path: path, missing: missing))
      } catch {
        onCase(files.name, .failed(reason: "\(error)"))
      }
    }
  }

  /// Writes the mask and the picture of one case; returns the modalities that were missing.
  private func predict(
    _ files: CaseFiles, with predictor: Predictor, to path: String, pictures: RunFolder,
    _ onWindow: (String, Int, Int) -> Void
  ) throws -> [String] {
    let plan = predictor.plan
    let wanted = Set(predictor.network.design.modalities + [plan.reference])
    let scanned = try dataset.loadCase(files, modalities: Array(wanted))
    let mask = try predictor.labelMap(of: scanned) { onWindow(files.name, $0, $1) }
    try NIfTI.write(mask, to: path, like: scanned.scans[plan.reference]?.header)
    let scans = plan.modalities.compactMap { entry in
      scanned.scans[entry.modality.name].map { (title: entry.modality.name, volume: $0.volume) }
    }
    let labels = scanned.labels?.geometry.agrees(with: mask.geometry) == true ? scanned.labels : nil
    try PNG.write(
      Overlay.picture(
        of: scans, prediction: mask, reference: labels, labels: plan.labels),
      to: pictures.file("\(files.name).png"))
    return predictor.network.design.modalities.filter { scanned.scans[$0] == nil }
  }
}
