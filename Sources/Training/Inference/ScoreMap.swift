import Foundation
public import Imaging

/// A score per class and voxel of the working grid; the class with the highest score wins.
public struct ScoreMap: Sendable {
  /// The working grid.
  public let geometry: Geometry

  /// The number of classes, background included.
  public let classes: Int

  /// `[classes, depth, height, width]`.
  public let values: [Float]

  public init(geometry: Geometry, classes: Int, values: [Float]) {
    precondition(values.count == classes * geometry.voxelCount, "one score per class and voxel")
    self.geometry = geometry
    self.classes = classes
    self.values = values
  }

  /// The winning class of every voxel of the working grid.
  public func winners() -> [UInt8] {
    let count = geometry.voxelCount
    var best = Array(values[0..<count])
    var winners = [UInt8](repeating: 0, count: count)
    for label in 1..<classes {
      for voxel in 0..<count where values[label * count + voxel] > best[voxel] {
        best[voxel] = values[label * count + voxel]
        winners[voxel] = UInt8(label)
      }
    }
    return winners
  }

  /// The winning label of every voxel of another grid: scores are interpolated, then compared.
  ///
  /// Scores of all classes never exist on the other grid at once: they are interpolated a plane or a
  /// row and a class at a time, so the memory needed is little more than that of the mask.
  ///
  /// - Parameters:
  ///   - target: The grid to decide on, usually a scan's original one.
  ///   - labels: The values to write for classes 1, 2, …
  ///   - threads: How many threads take part at most; `nil` for one per core.
  public func labelMap(on target: Geometry, labels: [Label], threads: Int? = nil) -> LabelMap {
    ScoreResampling.labelMap(
      of: values, on: geometry, onto: target, labels: [0] + labels.map { UInt16($0.value) },
      threads: threads)
  }
}

extension ScoreMap {
  /// The softmax of every voxel's scores.
  public func probabilities() -> ScoreMap {
    let count = geometry.voxelCount
    var result = values
    for voxel in 0..<count {
      var highest = -Float.infinity
      for label in 0..<classes { highest = max(highest, values[label * count + voxel]) }
      var total: Float = 0
      for label in 0..<classes {
        let exponential = expf(values[label * count + voxel] - highest)
        result[label * count + voxel] = exponential
        total += exponential
      }
      for label in 0..<classes { result[label * count + voxel] /= total }
    }
    return ScoreMap(geometry: geometry, classes: classes, values: result)
  }

  /// The mean of several maps of one case.
  ///
  /// - Precondition: There is at least one, and all have the same grid and classes.
  public static func mean(of maps: [ScoreMap]) -> ScoreMap {
    precondition(!maps.isEmpty, "the mean of no maps")
    var sums = maps[0].values
    for map in maps.dropFirst() {
      for index in sums.indices { sums[index] += map.values[index] }
    }
    for index in sums.indices { sums[index] /= Float(maps.count) }
    return ScoreMap(geometry: maps[0].geometry, classes: maps[0].classes, values: sums)
  }
}
