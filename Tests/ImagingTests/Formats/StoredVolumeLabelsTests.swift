import Foundation
import Imaging
import Randomness
import Testing

/// What is taken for a label map, and what is not.
struct StoredVolumeLabelsTests {
  private let grid = Geometry(size: [10, 9, 8], spacing: .one)

  /// A box of 4 × 3 × 3 voxels with a smaller one of another label in it.
  private var boxes: LabelMap {
    var labels = LabelMap(geometry: grid, filledWith: 0)
    for z in 2..<5 {
      for y in 3..<6 { for x in 1..<5 { labels[x, y, z] = x > 2 && y > 3 ? 900 : 3 } }
    }
    return labels
  }

  private func random(_ range: ClosedRange<Float>, roundedTo step: Float) -> [Float] {
    var generator = SplitMix64(seed: 3)
    return (0..<grid.voxelCount).map { _ in
      (Float.random(in: range, using: &generator) / step).rounded() * step
    }
  }

  @Test func structuresOfAnyTypeAreLabels() {
    let floats = StoredVolume(geometry: grid, numbers: boxes.voxels.map { Float($0) })
    #expect(floats.likelyLabels == boxes)
    let scaled = StoredVolume(
      geometry: grid, numbers: boxes.voxels.map { Int16($0) }, slope: 2, intercept: 0)
    #expect(scaled.likelyLabels?.voxels == boxes.voxels.map { 2 * $0 })
    var points = LabelMap(geometry: grid, filledWith: 0)
    for (label, x) in [(1, 2), (7, 5), (4, 8)] { points[x, 4, 4] = UInt16(label) }
    #expect(StoredVolume(points).likelyLabels == points)
    let one = LabelMap(geometry: grid, filledWith: 1)
    #expect(StoredVolume(one).likelyLabels == one)
  }

  @Test func picturesAreNot() {
    for values in [
      random(0...255, roundedTo: 1), random(0...3, roundedTo: 1), random(-3...3, roundedTo: 1),
      random(0...1, roundedTo: 0.01), (0..<grid.voxelCount).map { Float($0 / 3) },
    ] {
      #expect(StoredVolume(geometry: grid, numbers: values).likelyLabels == nil)
    }
    #expect(StoredVolume(LabelMap(geometry: grid, filledWith: 0)).likelyLabels == nil)
    let negative = StoredVolume(geometry: grid, numbers: boxes.voxels.map { Int16($0) - 1 })
    #expect(negative.likelyLabels == nil)
  }

  @Test func labelsAreKeptInAsFewBytesAsTheyNeed() {
    #expect(StoredVolume(boxes).type == .uint16)
    #expect(StoredVolume(LabelMap(geometry: grid, filledWith: 255)).type == .uint8)
  }
}
