import Imaging
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
}

/// Small volumes against SimpleITK 2.5.7: Tests/Reference/resampling_reference.py.
struct ResamplingReferenceTests {
  struct Reference: Decodable {
    let records: [Record]
  }

  struct Record: Decodable {
    let name: String
    let source, target: Grid
    let linear, nearest: [Float]
  }

  struct Grid: Decodable {
    let size: SIMD3<Int>
    let spacing, origin: SIMD3<Double>
    let direction: [SIMD3<Double>]

    var geometry: Geometry {
      Geometry(
        size: size, spacing: spacing, origin: origin,
        direction: Direction(x: direction[0], y: direction[1], z: direction[2]))
    }
  }

  @Test func valuesAreThoseOfSimpleITK() throws {
    let reference: Reference = try RealScans.reference("resampling_reference.json")
    #expect(reference.records.count == 8)
    for record in reference.records {
      let volume = values(on: record.source.geometry)
      let target = record.target.geometry
      let linear = volume.resampled(onto: target, outside: -1).voxels
      let error = zip(linear, record.linear).map { abs($0 - $1) }.max() ?? .infinity
      #expect(error < 1e-4, "\(record.name)")
      let nearest = volume.resampled(onto: target, interpolation: .nearest, outside: -1).voxels
      let differing = zip(nearest, record.nearest).count { $0 != $1 }
      #expect(differing == 0, "\(record.name)")
    }
  }

  /// x, y, z ↦ (7x + 13y + 29z) mod 31, as in the script.
  private func values(on geometry: Geometry) -> Volume<Float> {
    var volume = Volume<Float>(geometry: geometry, filledWith: 0)
    for z in 0..<geometry.size.z {
      for y in 0..<geometry.size.y {
        for x in 0..<geometry.size.x { volume[x, y, z] = Float((7 * x + 13 * y + 29 * z) % 31) }
      }
    }
    return volume
  }
}
