import Foundation

/// How one axis of a feature map is cut into tiles, and which windows of tiles a normalisation with
/// statistics of the neighbourhood reads for each of them.
///
/// A window is as many neighbouring tiles as a patch is long; one begins with every tile from which
/// it fits, so a voxel lies in several. An axis that is no longer than a patch has one window.
public struct StatisticsAxis: Hashable, Sendable {
  /// The positions at which tiles begin, and the length of the axis.
  public let edges: [Int]

  /// The number of tiles in a window.
  public let window: Int

  /// For each tile the shares of the windows that hold it, `[tiles, window]`: entry `i` of tile `t`
  /// is that of the window from tile `t - window + 1 + i` on, 0 where there is none.
  public let weights: [Float]

  /// - Parameters:
  ///   - length: The voxels of the axis, 1 or more.
  ///   - window: The voxels of a window, above 0; a fraction of one where a coarse level is meant.
  ///   - step: The distance of neighbouring windows as a share of the window.
  ///   - deviation: Windows weigh by a Gaussian of the distance of their middle from the tile; its
  ///     standard deviation as a share of the window.
  public init(length: Int, window: Double, step: Double, deviation: Double) {
    let tile = max(1, window * step)
    let tiles = min(length, max(1, Int((Double(length) / tile).rounded())))
    let perWindow = Int((window * Double(tiles) / Double(length)).rounded())
    self.window = min(tiles, max(1, perWindow))
    edges = (0...tiles).map { $0 * length / tiles }
    weights = Self.weights(tiles: tiles, window: self.window, deviation: deviation)
  }

  /// The number of tiles.
  public var tiles: Int { edges.count - 1 }

  private static func weights(tiles: Int, window: Int, deviation: Double) -> [Float] {
    (0..<tiles).flatMap { tile in
      let shares = (0..<window).map { index in
        let first = tile - window + 1 + index
        guard (0...(tiles - window)).contains(first) else { return 0.0 }
        let distance = Double(2 * (tile - first) + 1 - window) / 2
        let deviations = distance / (deviation * Double(window))
        return exp(-deviations * deviations / 2)
      }
      let total = shares.reduce(0, +)
      return shares.map { Float($0 / total) }
    }
  }
}
