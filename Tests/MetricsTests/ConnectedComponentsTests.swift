import Imaging
import Randomness
import Testing

@testable import Metrics

struct ConnectedComponentsTests {
  private func sizes(_ mask: LabelMap, _ connectivity: Connectivity) -> [Int] {
    ConnectedComponents(
      of: [1], in: mask, box: VoxelBox(lower: .zero, upper: mask.geometry.size),
      connectivity: connectivity
    ).sizes
  }

  /// Voxels that touch at a face, at an edge and at a corner.
  @Test func neighboursAreThoseOfTheName() {
    for (offset, counts) in [
      (SIMD3(1, 0, 0), [1, 1, 1]), ([0, 1, 1], [2, 1, 1]), ([1, 0, 1], [2, 1, 1]),
      ([1, -1, 0], [2, 1, 1]), ([1, 1, 1], [2, 2, 1]), ([-1, -1, 1], [2, 2, 1]),
      ([2, 0, 0], [2, 2, 2]),
    ] {
      var mask = cube(0..<0, in: 5)
      mask[2, 2, 2] = 1
      mask[2 + offset.x, 2 + offset.y, 2 + offset.z] = 1
      #expect(Connectivity.allCases.map { sizes(mask, $0).count } == counts, "\(offset)")
    }
    #expect(Connectivity.allCases.map(\.neighbours) == [6, 18, 26])
  }

  /// Two arms that meet in the last row are one.
  ///
  ///     1 0 1
  ///     1 0 1
  ///     1 1 1
  @Test func armsThatMeetLaterAreOne() {
    var mask = LabelMap(geometry: Geometry(size: [3, 3, 1], spacing: .one), filledWith: 1)
    (mask[1, 0, 0], mask[1, 1, 0]) = (0, 0)
    #expect(sizes(mask, .faces) == [7])
  }

  /// Components found by flooding from every voxel in turn.
  @Test(arguments: Connectivity.allCases)
  func agreesWithFlooding(connectivity: Connectivity) {
    var generator = SplitMix64(seed: 4)
    let size = SIMD3(8, 7, 6)
    let mask = LabelMap(
      geometry: Geometry(size: size, spacing: .one),
      voxels: (0..<size.x * size.y * size.z).map { _ in generator.chance(0.25) ? 1 : 0 })
    var rest = Set(
      mask.voxels.indices.filter { mask.voxels[$0] == 1 }.map {
        SIMD3($0 % size.x, $0 / size.x % size.y, $0 / size.x / size.y)
      })
    let reach = connectivity == .faces ? 1 : connectivity == .edges ? 2 : 3
    var flooded: [Int] = []
    while let seed = rest.first {
      rest.remove(seed)
      var (front, count) = ([seed], 0)
      while let voxel = front.popLast() {
        count += 1
        let touching = rest.filter { other in
          let steps = (0..<3).map { abs(other[$0] - voxel[$0]) }
          return steps.allSatisfy { $0 <= 1 } && steps.reduce(0, +) <= reach
        }
        rest.subtract(touching)
        front += touching
      }
      flooded.append(count)
    }
    #expect(sizes(mask, connectivity).sorted() == flooded.sorted())
  }
}
