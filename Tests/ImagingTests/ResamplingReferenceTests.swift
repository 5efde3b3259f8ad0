import Imaging
import Testing

/// Small volumes against SimpleITK 2.5.7 and scikit-image 0.26.0 with scipy 1.17.1:
/// Tests/Reference/resampling_reference.py.
struct ResamplingReferenceTests {
  struct Reference: Decodable {
    let records: [Record]
    let resizes: [Resize]
  }

  struct Record: Decodable {
    let name: String
    let source, target: Grid
    let linear, nearest, cubic: [Float]
    let labels: [UInt16]
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

  struct Resize: Decodable {
    let size, shape: SIMD3<Int>
    let cubic, antiAliased, slices: [Float]
  }

  /// Axes have one, three or more voxels: with two, ITK's spline reads beside its coefficients.
  @Test func valuesAreThoseOfSimpleITK() throws {
    let records = try reference.records
    #expect(records.count == 13)
    for record in records {
      // Axes that are parallel but for noise are taken for parallel, at the price of 1e-3 voxels.
      let tolerance: Float = record.name == "noise in the direction" ? 1e-2 : 1e-4
      let volume = Self.values(on: record.source.geometry)
      let target = record.target.geometry
      for (way, expected) in [
        (Resampling.linear, record.linear), (.nearest, record.nearest), (.cubic, record.cubic),
      ] {
        let made = volume.resampled(onto: target, by: way, outside: -1).voxels
        #expect(
          distance(made, expected) < tolerance, "\(record.name), \(way.interpolation)")
      }
    }
  }

  /// Where two labels have the same weight ITK takes whichever it met first; Chiasm the lower one.
  @Test func theVoteOfLabelsIsThatOfSimpleITK() throws {
    for record in try reference.records where record.name != "half voxels" {
      let labels = Self.labels(on: record.source.geometry)
      let made = labels.resampled(onto: record.target.geometry, by: .vote, outside: 99).voxels
      #expect(zip(made, record.labels).count { $0 != $1 } == 0, "\(record.name)")
    }
  }

  @Test func theWayOfNNUNetIsThatOfScikitImage() throws {
    for resize in try reference.resizes {
      let (volume, target) = Self.fitted(resize, spacing: .one)
      let way = Resampling(.cubic, edge: .continued, keepsRange: true)
      let made = volume.resampled(onto: target, by: way).voxels
      #expect(distance(made, resize.cubic) < 1e-4, "\(resize.size) → \(resize.shape)")
    }
  }

  /// Along each of the axes in turn: the volume is thick along z, or turned so that x or y is.
  @Test(arguments: 0..<3)
  func thickSlicesAreInterpolatedOneByOne(axis: Int) throws {
    for resize in try reference.resizes where resize.size.z > 1 {
      let (upright, target) = Self.fitted(resize, spacing: [1, 1, 5])
      let volume = turned(upright, by: axis)
      let made = volume.resampled(onto: target, by: .nnUNet).voxels
      #expect(distance(made, resize.slices) < 1e-4, "\(resize.size) → \(resize.shape)")
    }
  }

  @Test func antiAliasingIsThatOfScikitImage() throws {
    for resize in try reference.resizes {
      let (volume, target) = Self.fitted(resize, spacing: .one)
      let way = Resampling(.linear, smoothing: .antiAliasing)
      let made = volume.resampled(onto: target, by: way).voxels
      #expect(distance(made, resize.antiAliased) < 1e-4, "\(resize.size) → \(resize.shape)")
    }
  }

  private var reference: Reference {
    get throws { try RealScans.reference("resampling_reference.json") }
  }

  private func distance(_ made: [Float], _ expected: [Float]) -> Float {
    guard made.count == expected.count else { return .infinity }
    return zip(made, expected).map { abs($0 - $1) }.max() ?? 0
  }

  /// A volume and the grid of `shape` voxels over the same box.
  private static func fitted(
    _ resize: Resize, spacing: SIMD3<Double>
  ) -> (Volume<Float>, Geometry) {
    let source = Geometry(size: resize.size, spacing: spacing, origin: [5, -3, 2])
    return (values(on: source), source.resized(to: resize.shape))
  }

  /// The same volume with its voxels stored in another order of axes.
  private func turned(_ volume: Volume<Float>, by axis: Int) -> Volume<Float> {
    let order = [(axis + 1) % 3, (axis + 2) % 3, axis]
    let (old, map) = (volume.geometry, volume.geometry.map)
    let columns = [map.x, map.y, map.z]
    let place = (0..<3).map { new in order.firstIndex(of: new) ?? 0 }
    let turned = Geometry(
      size: [old.size[place[0]], old.size[place[1]], old.size[place[2]]],
      map: AffineMap(
        x: columns[place[0]], y: columns[place[1]], z: columns[place[2]], offset: map.offset))
    return volume.resampled(onto: turned, by: .nearest)
  }

  /// x, y, z ↦ (7x + 13y + 29z) mod 31, as in the script.
  private static func values(on geometry: Geometry) -> Volume<Float> {
    Volume(geometry: geometry) { x, y, z in Float((7 * x + 13 * y + 29 * z) % 31) }
  }

  private static func labels(on geometry: Geometry) -> LabelMap {
    LabelMap(geometry: geometry) { x, y, z in UInt16((x / 2 + 3 * (y / 2) + 5 * (z / 2)) % 7) }
  }
}

extension Volume {
  /// A volume from a function of the voxel's index.
  init(geometry: Geometry, _ value: (_ x: Int, _ y: Int, _ z: Int) -> Scalar) {
    let size = geometry.size
    self.init(
      geometry: geometry,
      voxels: (0..<geometry.voxelCount).map {
        value($0 % size.x, $0 / size.x % size.y, $0 / (size.x * size.y))
      })
  }
}
