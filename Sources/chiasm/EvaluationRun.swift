import Dispatch
import Foundation
import Imaging
import Metrics
import Synchronization
import Training

/// Compares the masks of a folder with their references, several cases at a time.
///
/// No more cases are in memory than are worked on.
struct EvaluationRun {
  let references: References
  let regions: [Region]?
  let options: MeasurementOptions
  let convention: EmptyMaskConvention
  let bootstrap: Bootstrap

  /// How many cases are compared at a time.
  let threads: Int

  /// A case that has a reference and no prediction.
  private struct MissingPrediction: Error, CustomStringConvertible {
    let folder: String
    let caseName: String

    var description: String { "\(folder) has no \(caseName).nii.gz." }
  }

  /// The summary of one folder of predictions; what fails is in it, and stops nothing.
  func callAsFunction(_ folder: String, _ console: Console) -> EvaluationSummary {
    let masks = references.masks
    let bar = console.progress("Comparing", total: masks.count)
    let state = Mutex((next: 0, done: 0, results: [Int: Result<CaseReport, any Error>]()))
    DispatchQueue.concurrentPerform(iterations: max(1, min(threads, masks.count))) { _ in
      while true {
        let index = state.withLock { state in
          state.next += 1
          return state.next - 1
        }
        guard index < masks.count else { return }
        let result = Result { try compare(masks[index], in: MaskFolder(path: folder)) }
        state.withLock { state in
          state.results[index] = result
          state.done += 1
          bar.advance(to: state.done, masks[index].name)
        }
      }
    }
    bar.finish()
    var reports: [CaseReport] = []
    var failures: [EvaluationSummary.Failure] = []
    for (index, result) in state.withLock({ $0.results }).sorted(by: { $0.key < $1.key }) {
      switch result {
      case .success(let report): reports.append(report)
      case .failure(let error): failures.append(.init(name: masks[index].name, reason: "\(error)"))
      }
    }
    var summary = EvaluationSummary(
      regions: regions, options: options, convention: convention, bootstrap: bootstrap,
      cases: reports, failures: failures)
    summary.modalities = modalities(of: reports.map(\.name), in: folder, console)
    return summary
  }

  /// Of which modalities `predict` has made the masks, where it has left word.
  private func modalities(
    of names: [String], in folder: String, _ console: Console
  ) -> [String: [String]] {
    do {
      let records = try LineLog<MaskRecord>(path: "\(folder)/\(MaskRecord.file)").records()
      let known = records.filter { names.contains($0.caseName) }
      return Dictionary(known.map { ($0.caseName, $0.present) }) { _, last in last }
    } catch {
      console.warn("\(error)")
      return [:]
    }
  }

  private func compare(
    _ reference: References.Mask, in folder: MaskFolder
  ) throws -> CaseReport {
    guard let path = folder.mask(ofCase: reference.name) else {
      throw MissingPrediction(folder: folder.path, caseName: reference.name)
    }
    let prediction = try read(path, frame: nil)
    let expected = try read(reference.file.path, frame: reference.file.frame)
    return try CaseReport(
      comparing: prediction, at: path, with: expected, at: reference.file.path,
      name: reference.name, regions: regions, options: options)
  }

  /// A mask with none but the dataset's labels.
  private func read(_ path: String, frame: Int?) throws(ImagingError) -> LabelMap {
    let mask = try ScanFile.readLabels(at: path, frame: frame)
    guard let labels = references.labels else { return mask }
    let allowed = [0] + labels.map(\.value)
    let unknown = mask.distinctValues.filter { !allowed.contains($0) }
    guard unknown.isEmpty else {
      throw .unknownLabels(path: path, found: unknown, allowed: allowed)
    }
    return mask
  }
}
