import Foundation
import Imaging
import Randomness
import Testing

struct ScoreResamplingTests {
  private let grid = Geometry(size: [9, 8, 7], spacing: [1, 1.2, 1.4], origin: [3, -2, 1])

  /// Six classes of random scores.
  private var scores: [Float] {
    var generator = SplitMix64(seed: 8)
    return (0..<6 * grid.voxelCount).map { _ in .random(in: -5...5, using: &generator) }
  }

  private let labels: [UInt16] = [0, 4, 2, 900, 65535, 1]

  /// Every class interpolated as a volume of its own, then compared.
  private func expected(onto target: Geometry) -> [UInt16] {
    var best = [Float](repeating: -.infinity, count: target.voxelCount)
    var winner = [UInt16](repeating: 0, count: target.voxelCount)
    for (index, label) in labels.enumerated() {
      let range = index * grid.voxelCount..<(index + 1) * grid.voxelCount
      let one = Volume<Float>(geometry: grid, voxels: Array(scores[range]))
      let made = one.resampled(onto: target, by: .linear, outside: .nan).voxels
      for (voxel, score) in made.enumerated() where score > best[voxel] {
        (best[voxel], winner[voxel]) = (score, label)
      }
    }
    return winner
  }

  /// The target's box is inside the scores': straight, turned round and at an angle.
  @Test(arguments: [
    Geometry(size: [12, 10, 8], spacing: [0.6, 0.7, 0.9], origin: [3.2, -1.7, 1.3]),
    Geometry(
      size: [9, 11, 10],
      affine: [[0, 0.7, 0, 3.1], [0, 0, -0.8, 6.2], [0.9, 0, 0, 1.2], [0, 0, 0, 1]]),
    Geometry(
      size: [5, 5, 5],
      affine: [[0.8, 0.6, 0, 4], [-0.6, 0.8, 0, 2], [0, 0.1, 1, 2], [0, 0, 0, 1]]),
  ])
  func everyVoxelGetsTheClassOfTheHighestInterpolatedScore(target: Geometry) {
    let made = ScoreResampling.labelMap(of: scores, on: grid, onto: target, labels: labels)
    #expect(made.geometry == target)
    #expect(made.voxels == expected(onto: target))
    #expect(Set(made.voxels).count == 6)
  }

  @Test func beyondTheBoxTheOutermostScoresGoOn() {
    let row = Geometry(size: [2, 1, 1], spacing: .one)
    for slope in [0, 0.3] {
      let wide = Geometry(
        size: [6, 1, 1],
        affine: [[1, 0, 0, -2], [slope, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1]])
      let made = ScoreResampling.labelMap(
        of: [1, 0, 0, 1], on: row, onto: wide, labels: [7, 8])
      #expect(made.voxels == [7, 7, 7, 8, 8, 8])
    }
  }

  @Test func theFirstOfEqualsWins() {
    let row = Geometry(size: [2, 1, 1], spacing: .one)
    let middle = Geometry(size: [1, 1, 1], spacing: .one, origin: [0.5, 0, 0])
    #expect(
      ScoreResampling.labelMap(of: [1, 0, 0, 1], on: row, onto: middle, labels: [7, 8]).voxels
        == [7])
  }
}
