import Foundation
import Imaging
import Randomness
import Testing

struct ResamplingTests {
  /// Four voxels in a row, 10 mm apart: 0, 10, 20, 30.
  let row = Volume<Float>(
    geometry: Geometry(size: [4, 1, 1], spacing: [10, 10, 10]), voxels: [0, 10, 20, 30])

  @Test func valuesBetweenVoxelsAreWeighted() {
    //  voxels   0         10        20        30
    //  targets -5  0  5   10 …
    let target = Geometry(size: [9, 1, 1], spacing: [5, 10, 10], origin: [-5, 0, 0])
    #expect(row.resampled(onto: target, outside: -1).voxels == [0, 0, 5, 10, 15, 20, 25, 30, -1])
    #expect(
      row.resampled(onto: target, interpolation: .nearest, outside: -1).voxels
        == [0, 0, 10, 10, 20, 20, 30, 30, -1])
  }

  @Test func labelsComeFromTheClosestVoxel() {
    let labels = LabelMap(geometry: row.geometry, voxels: [1, 2, 3, 4])
    let target = Geometry(size: [5, 1, 1], spacing: [10, 1, 1], origin: [-4.9, 4, -4])
    #expect(labels.resampled(onto: target).voxels == [1, 2, 3, 4, 0])
    #expect(labels.resampled(onto: target, outside: 9).voxels == [1, 2, 3, 4, 9])
  }

  @Test func whatLiesBesideTheBoxIsOutside() {
    let above = Geometry(size: [4, 1, 1], spacing: [10, 10, 10], origin: [0, 0, 5.1])
    #expect(row.resampled(onto: above, outside: -7).voxels == [-7, -7, -7, -7])
  }

  @Test func theSameGridChangesNothing() {
    #expect(row.resampled(onto: row.geometry).voxels == row.voxels)
  }

  @Test func aFlippedGridReversesTheVoxels() {
    let flipped = Geometry(
      size: [4, 1, 1], spacing: [10, 10, 10], origin: [30, 0, 0],
      direction: Direction(x: [-1, 0, 0], y: [0, 1, 0], z: [0, 0, 1]))
    #expect(row.resampled(onto: flipped).voxels == [30, 20, 10, 0])
  }

  @Test func aLinearRampStaysOneUnderAnyGrid() {
    let source = Geometry(size: [30, 20, 10], spacing: [1, 1.5, 3], origin: [-20, -10, -10])
    var ramp = Volume<Float>(geometry: source, filledWith: 0)
    let value = { (place: SIMD3<Double>) in place.x + 2 * place.y - 3 * place.z }
    for z in 0..<10 {
      for y in 0..<20 {
        for x in 0..<30 {
          let place = source.position(ofVoxel: [Double(x), Double(y), Double(z)])
          ramp[x, y, z] = Float(value(place))
        }
      }
    }
    // About the middle, so that no voxel is near the edge.
    let target = Geometry(
      size: [9, 9, 9],
      affine: [[0.8, 0.6, 0, -12], [-0.6, 0.8, 0, 0], [0, 0.1, 1, -4], [0, 0, 0, 1]])
    let made = ramp.resampled(onto: target, outside: .nan)
    for z in 0..<9 {
      for y in 0..<9 {
        for x in 0..<9 {
          let place = target.position(ofVoxel: [Double(x), Double(y), Double(z)])
          #expect(abs(Double(made[x, y, z]) - value(place)) < 1e-4)
        }
      }
    }
  }

  /// Sixteen random voxels a side, one millimetre apart.
  private func noise(_ seed: UInt64) -> Volume<Float> {
    var generator = SplitMix64(seed: seed)
    return Volume(geometry: Geometry(size: [16, 15, 14], spacing: .one)) { _, _, _ in
      Float.random(in: -1000...1000, using: &generator)
    }
  }

  /// The grid with its axes in another order and turned round.
  private func rearranged(_ grid: Geometry) -> Geometry {
    let map = grid.map
    let end = map.offset + map.x * Double(grid.size.x - 1)
    return Geometry(
      size: [grid.size.z, grid.size.x, grid.size.y],
      map: AffineMap(x: map.z, y: -map.x, z: map.y, offset: end))
  }

  @Test(arguments: Interpolation.allCases)
  func flipsAndPermutationsCommuteWithResampling(_ interpolation: Interpolation) {
    let volume = noise(1)
    let target = Geometry(size: [20, 9, 31], spacing: [0.8, 1.7, 0.45], origin: [-1, 0.3, 0.2])
    let way = Resampling(interpolation)
    let direct = volume.resampled(onto: rearranged(target), by: way, outside: -1)
    let after = volume.resampled(onto: target, by: way, outside: -1)
      .resampled(onto: rearranged(target), by: .nearest)
    let before = volume.resampled(onto: rearranged(volume.geometry), by: .nearest)
      .resampled(onto: target, by: way, outside: -1)
    let straight = volume.resampled(onto: target, by: way, outside: -1)
    for (left, right) in [(direct, after), (before, straight)] {
      let error = zip(left.voxels, right.voxels).map { abs($0 - $1) }.max() ?? .infinity
      #expect(error < 1e-3)
    }
  }

  @Test(arguments: Interpolation.allCases)
  func whatIsOnlyRearrangedKeepsItsBytesAndComesBack(_ interpolation: Interpolation) {
    let volume = noise(2)
    let there = volume.resampled(onto: rearranged(volume.geometry), by: Resampling(interpolation))
    #expect(there.voxels != volume.voxels)
    let back = there.resampled(onto: volume.geometry, by: Resampling(interpolation))
    #expect(back.voxels == volume.voxels)
  }

  @Test(arguments: [Resampling.linear, .cubic, .nnUNet])
  func aConstantStaysConstant(_ way: Resampling) {
    let flat = Volume<Float>(
      geometry: Geometry(size: [9, 8, 7], spacing: [1, 1, 4]), filledWith: 0.1)
    for target in [flat.geometry.resized(to: [13, 5, 11]), tilted(size: [9, 8, 7])] {
      let made = flat.resampled(onto: target, by: way, outside: 0.1).voxels
      #expect(made.allSatisfy { abs($0 - 0.1) < 1e-7 })
    }
  }

  @Test func storedIntegersGiveTheSameValuesAsFloats() {
    var generator = SplitMix64(seed: 3)
    let grid = Geometry(size: [12, 11, 10], spacing: [1, 1.5, 2])
    let ct = Volume<Int16>(geometry: grid) { _, _, _ in
      .random(in: -1024...3071, using: &generator)
    }
    let ultrasound = Volume<UInt8>(geometry: grid) { _, _, _ in
      .random(in: 0...255, using: &generator)
    }
    let targets = [
      grid.resized(to: [19, 7, 13]), rearranged(grid.resized(to: [5, 9, 16])),
      tilted(size: [9, 9, 9]),
    ]
    for way in [Resampling.nearest, .linear, .cubic, .nnUNet] {
      for target in targets {
        #expect(
          ct.resampled(onto: target, by: way, outside: -1024)
            == Volume<Float>(geometry: grid, voxels: ct.voxels.map(Float.init))
            .resampled(onto: target, by: way, outside: -1024))
        #expect(
          ultrasound.resampled(onto: target, by: way)
            == Volume<Float>(geometry: grid, voxels: ultrasound.voxels.map(Float.init))
            .resampled(onto: target, by: way))
      }
    }
  }

  @Test func aNaNSpreadsToItsNeighbourhoodOnly() {
    var volume = Volume<Float>(
      geometry: Geometry(size: [9, 1, 1], spacing: .one), filledWith: 1)
    volume[4, 0, 0] = .nan
    let fine = Geometry(size: [17, 1, 1], spacing: [0.5, 1, 1])
    let spoilt = volume.resampled(onto: fine, by: .linear).voxels.places { $0.isNaN }
    // Old voxel 3, the new 6, has the NaN as a neighbour of weight zero; old voxel 5 has 5 and 6.
    #expect(spoilt == [6, 7, 8, 9])
    #expect(volume.resampled(onto: fine, by: .nearest).voxels.places { $0.isNaN } == [7, 8])
    #expect(volume.resampled(onto: fine, by: .cubic).voxels.places { $0.isNaN } == Array(0..<17))
  }

  /// So neither the number of threads nor what else is computed has a say.
  @Test(arguments: [Resampling.linear, .cubic, .nnUNet])
  func aSliceAloneHasTheBytesThatItHasAmongOthers(_ way: Resampling) {
    let volume = noise(6)
    for slope in [0, 0.25] {
      let whole = Geometry(
        size: [20, 18, 40],
        affine: [[0.5, slope, 0, 1], [0, 0.5, slope, 2], [0, 0, 0.25, 1], [0, 0, 0, 1]])
      let made = volume.resampled(onto: whole, by: way, outside: -1)
      for z in [1, 17, 39] {
        let alone = Geometry(
          size: [20, 18, 1],
          map: AffineMap(
            x: whole.map.x, y: whole.map.y, z: whole.map.z,
            offset: whole.position(ofVoxel: [0, 0, Double(z)])))
        let slice = volume.resampled(onto: alone, by: way, outside: -1)
        #expect(slice.voxels == Array(made.voxels[z * 360..<(z + 1) * 360]))
      }
    }
  }

  @Test func smoothingByMillimetresIsThatOfTheVoxels() {
    // One voxel of 1 among zeros, a Gaussian of one voxel (2 mm), read at every second voxel.
    var volume = Volume<Float>(
      geometry: Geometry(size: [21, 1, 1], spacing: [2, 2, 2]), filledWith: 0)
    volume[10, 0, 0] = 1
    let coarse = Geometry(size: [11, 1, 1], spacing: [4, 2, 2])
    let way = Resampling(.linear, smoothing: .gaussian(millimetres: 2))
    let made = volume.resampled(onto: coarse, by: way).voxels
    let side = (-4...4).map { exp(-0.5 * Float($0 * $0)) }
    #expect(abs(made[5] - 1 / side.reduce(0, +)) < 1e-6)
    #expect(abs(made[4] - exp(-2) / side.reduce(0, +)) < 1e-6)
    let finer = Geometry(size: [41, 1, 1], spacing: [1, 2, 2])
    #expect(
      volume.resampled(onto: finer, by: way) == volume.resampled(onto: finer, by: .linear))
  }

  @Test func airLiesOutsideACTAndNothingOutsideOtherScans() {
    #expect(ModalityKind.allCases.map(\.valueOutside) == [-1024, 0, 0, 0])
  }

  /// A grid at an angle to the axes, about the middle of small volumes.
  private func tilted(size: SIMD3<Int>) -> Geometry {
    Geometry(
      size: size,
      affine: [[0.8, 0.6, 0, 1], [-0.6, 0.8, 0, 4], [0, 0.1, 1, 1], [0, 0, 0, 1]])
  }
}

extension Array {
  /// Where the elements are that meet a condition.
  fileprivate func places(where condition: (Element) -> Bool) -> [Int] {
    indices.filter { condition(self[$0]) }
  }
}
