import Architecture
import Foundation
import Torch
import Training

extension SearchSetup {
  /// The space of fusion cells.
  ///
  /// - Throws: ``SearchError/needsFusionCells(space:)`` when the space is another one.
  func fusionCells() throws(SearchError) -> FusionCellSpace {
    guard let cells = space.fusionCells else {
      throw .needsFusionCells(space: run.options.space.rawValue)
    }
    return cells
  }

  /// The table of latencies in the folder, measured first where it is not there yet.
  ///
  /// - Parameter isResumed: Whether what an earlier process has left in the folder is used.
  func latencyTable(isResumed: Bool) throws -> LatencyTable {
    let name = "latency.json"
    let conditions = LatencyTable.Conditions(
      machine: run.device == .cpu ? run.machine : "\(run.device) of \(run.machine)",
      threads: TorchRuntime.threads, patch: plan.patchShape,
      channels: plan.topology.levels.map(\.channels))
    if isResumed, FileManager.default.fileExists(atPath: run.folder.file(name)) {
      return try LatencyTable.read(run.folder.file(name), madeUnder: conditions)
    }
    let meter = LatencyMeter(
      space: try fusionCells(), plan: plan, device: run.device, seed: run.trainingOptions.seed)
    let table = try meter.table(
      under: conditions, date: String(Date().ISO8601Format().prefix(10)))
    try run.folder.write(table, to: name)
    return table
  }
}
