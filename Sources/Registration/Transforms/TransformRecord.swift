internal import Imaging

/// What is wrong with a transform file, as a sentence without its full stop.
struct TransformFault: Error {
  let problem: String

  init(_ problem: String) {
    self.problem = problem
  }
}

/// A transform as its JSON file has it.
struct TransformRecord: Codable {
  /// A grid as the file has it.
  struct Place: Codable {
    let scan: String
    let size: [Int]

    /// Voxel indices to RAS+ millimetres, four rows.
    let affine: [[Double]]

    init(_ place: SpatialTransform.Place) {
      scan = place.scan
      size = [place.geometry.size.x, place.geometry.size.y, place.geometry.size.z]
      affine = place.geometry.affine
    }
  }

  static let format = "chiasm transform 1"
  static let space = "RAS+ millimetres"

  let format: String
  let space: String
  let model: String
  let from: Place
  let to: Place
  let matrix: [[Double]]

  init(_ transform: SpatialTransform) {
    (format, space, model) = (Self.format, Self.space, transform.model.rawValue)
    (from, to) = (Place(transform.fixed), Place(transform.moving))
    matrix = transform.rows
  }

  /// The transform, once everything about it has been found to be possible.
  func transform() throws(TransformFault) -> SpatialTransform {
    guard format == Self.format else {
      throw TransformFault("\"format\" is \"\(format)\" and not \"\(Self.format)\"")
    }
    guard space == Self.space else {
      throw TransformFault("\"space\" is \"\(space)\" and not \"\(Self.space)\"")
    }
    guard let model = TransformModel(rawValue: model) else {
      let known = TransformModel.allCases.map(\.rawValue).joined(separator: ", ")
      throw TransformFault("\"model\" is \"\(model)\" and none of \(known)")
    }
    let map = try Self.map(of: matrix, named: "matrix")
    guard map.determinant > 0 else { throw TransformFault("\"matrix\" is a mirror") }
    guard model == .affine || map.isSimilarity else {
      throw TransformFault("\"matrix\" has axes of other lengths and angles than a \(model) map's")
    }
    guard model != .rigid || abs(map.determinant - 1) < 1e-6 else {
      throw TransformFault("\"matrix\" changes lengths, which a rigid map does not")
    }
    return SpatialTransform(
      model: model, map: map, fixed: try Self.place(from, named: "from"),
      moving: try Self.place(to, named: "to"))
  }

  private static func place(
    _ place: Place, named name: String
  ) throws(TransformFault) -> SpatialTransform.Place {
    guard place.size.count == 3, place.size.allSatisfy({ (1...1 << 20).contains($0) }) else {
      throw TransformFault("\"\(name).size\" is not three numbers of voxels")
    }
    let map = try map(of: place.affine, named: "\(name).affine")
    return SpatialTransform.Place(
      scan: place.scan,
      geometry: Geometry(size: [place.size[0], place.size[1], place.size[2]], map: map))
  }

  private static func map(
    of rows: [[Double]], named name: String
  ) throws(TransformFault) -> AffineMap {
    guard rows.count == 4, rows.allSatisfy({ $0.count == 4 }) else {
      throw TransformFault("\"\(name)\" is not four rows of four numbers")
    }
    guard rows[3] == [0, 0, 0, 1] else {
      throw TransformFault("the last row of \"\(name)\" is not 0, 0, 0, 1")
    }
    let numbers = rows.joined()
    guard numbers.allSatisfy({ abs($0) <= 1e7 }) else {
      throw TransformFault("\"\(name)\" has a number that is not finite or beyond 10 km")
    }
    let column = { (index: Int) in SIMD3(rows[0][index], rows[1][index], rows[2][index]) }
    let map = AffineMap(x: column(0), y: column(1), z: column(2), offset: column(3))
    guard map.isInvertible else { throw TransformFault("\"\(name)\" is singular") }
    return map
  }
}

extension AffineMap {
  /// Whether it turns and scales without bending angles, but for rounding.
  fileprivate var isSimilarity: Bool {
    let square = { (one: SIMD3<Double>, other: SIMD3<Double>) in (one * other).sum() }
    let size = (square(x, x) + square(y, y) + square(z, z)) / 3
    let faults = [
      square(x, y), square(x, z), square(y, z), square(x, x) - size, square(y, y) - size,
      square(z, z) - size,
    ]
    return faults.allSatisfy { abs($0) <= 1e-6 * size }
  }
}
