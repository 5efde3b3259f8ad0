import Foundation
import Imaging

/// The best voxel-by-voxel classifier there is, found by counting: for every combination of
/// intensities the label that goes with it most often.
struct VoxelClassifier {
  private static let bins = 12
  private static let classes = 6

  let modalities: [String]

  /// How often each label occurs with each combination of intensities.
  private var counts: [[Int]]

  /// Learns from cases whose labels are known.
  init(modalities: [String], cases: [PhantomCase]) {
    self.modalities = modalities
    let cells = modalities.reduce(1) { count, _ in count * Self.bins }
    counts = Array(repeating: Array(repeating: 0, count: Self.classes), count: cells)
    for patient in cases {
      for (cell, label) in zip(Self.cells(of: patient, modalities), patient.labels.voxels) {
        counts[cell][Int(label)] += 1
      }
    }
  }

  /// The mean Dice coefficient of the five structures over all voxels of `cases`.
  ///
  /// Dice rewards finding small structures more than Bayes' rule does, so the rule is also tried
  /// with labels counted as if they were more alike in size, and the best outcome counts.
  func bestMeanDice(on cases: [PhantomCase]) -> Double {
    let totals = (0..<Self.classes).map { label in counts.reduce(0) { $0 + $1[label] } }
    let truths = cases.flatMap(\.labels.voxels)
    let cells = cases.flatMap { Self.cells(of: $0, modalities) }
    let outcomes = [0, 0.5, 1].map { evenness -> Double in
      let weights = totals.map { pow(Double(max($0, 1)), -evenness) }
      let answers = counts.map { row in
        row.indices.max { Double(row[$0]) * weights[$0] < Double(row[$1]) * weights[$1] } ?? 0
      }
      return Self.meanDice(of: cells.map { answers[$0] }, against: truths)
    }
    return outcomes.max() ?? 0
  }

  private static func meanDice(of answers: [Int], against truths: [UInt16]) -> Double {
    var (both, either) = (Array(repeating: 0.0, count: 6), Array(repeating: 0.0, count: 6))
    for (answer, truth) in zip(answers, truths) {
      either[answer] += 1
      either[Int(truth)] += 1
      if answer == Int(truth) { both[answer] += 2 }
    }
    return zip(both, either).dropFirst().reduce(0) { $0 + $1.0 / $1.1 } / 5
  }

  /// The combination of intensities at every voxel of the CT's grid, as one number.
  private static func cells(of patient: PhantomCase, _ modalities: [String]) -> [Int] {
    var cells = Array(repeating: 0, count: patient.labels.voxels.count)
    for name in modalities {
      guard let levels = levels(of: patient, name) else { continue }
      for index in cells.indices {
        let bin = min(max(Int(levels[index] * Float(bins)), 0), bins - 1)
        cells[index] = cells[index] * bins + bin
      }
    }
    return cells
  }

  /// Intensities on the CT's grid, from 0 to 1.
  private static func levels(of patient: PhantomCase, _ name: String) -> [Float]? {
    guard let scan = patient.scans[name] else { return nil }
    let grid = patient.labels.geometry
    switch name {
    case "ct": return scan.voxels.map { ($0 + 160) / 700 }
    case "mri":
      let voxels = Normalization.standardizeNonZero(scan).resampled(onto: grid).voxels
      return voxels.map { ($0 + 1.5) / 5 }
    default:
      // Outside of the fan is a bin of its own, so that it is not taken for something dark.
      return meanOfNeighbours(scan.resampled(onto: grid)).map {
        $0 == 0 ? 0 : (1 + $0 / 255 * Float(bins - 1)) / Float(bins)
      }
    }
  }

  /// Every voxel averaged with its six neighbours, because single speckles say nothing.
  private static func meanOfNeighbours(_ volume: Volume<Float>) -> [Float] {
    let size = volume.geometry.size
    let steps = [0, 1, -1, size.x, -size.x, size.x * size.y, -size.x * size.y]
    return volume.voxels.indices.map { index in
      let around = steps.map { index + $0 }.filter(volume.voxels.indices.contains)
      return around.reduce(0) { $0 + volume.voxels[$1] } / Float(around.count)
    }
  }
}
