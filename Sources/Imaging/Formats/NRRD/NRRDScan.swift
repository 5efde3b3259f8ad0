extension NRRDHeader {
  private static let types: [VoxelType: [String]] = [
    .int8: ["signed char", "int8", "int8_t"],
    .uint8: ["uchar", "unsigned char", "uint8", "uint8_t"],
    .int16: ["short", "short int", "signed short", "signed short int", "int16", "int16_t"],
    .uint16: ["ushort", "unsigned short", "unsigned short int", "uint16", "uint16_t"],
    .int32: ["int", "signed int", "int32", "int32_t"],
    .uint32: ["uint", "unsigned int", "uint32", "uint32_t"],
    .int64: [
      "longlong", "long long", "long long int", "signed long long", "signed long long int", "int64",
      "int64_t",
    ],
    .uint64: [
      "ulonglong", "unsigned long long", "unsigned long long int", "uint64", "uint64_t",
    ],
    .float32: ["float"],
    .float64: ["double"],
  ]

  /// The signs that lead from a space to LPS, in which those without a name are.
  private static let signs: [String: SIMD3<Double>] = [
    "right-anterior-superior": [-1, -1, 1], "ras": [-1, -1, 1],
    "left-anterior-superior": [1, -1, 1], "las": [1, -1, 1],
    "right-anterior-superior-time": [-1, -1, 1], "rast": [-1, -1, 1],
    "left-anterior-superior-time": [1, -1, 1], "last": [1, -1, 1],
  ]

  /// What the header says of the voxels.
  ///
  /// - Throws: ``ImagingError``.
  func scan() throws(ImagingError) -> RawScan {
    let axes = try NRRDAxes(self)
    let name = self["type"]?.lowercased() ?? "no type"
    guard let type = Self.types.first(where: { $0.value.contains(name) })?.key else {
      throw .unsupported(
        path: path, found: "voxels of type \(name)",
        advice: "Convert them to real numbers, short or float for instance.")
    }
    return RawScan(
      path: path, geometry: try geometry(axes), type: type, order: axes.order,
      channels: axes.channels, provider: try provider(type: type, axes: axes))
  }

  /// The grid, in LPS as ITK understands the file.
  private func geometry(_ axes: NRRDAxes) throws(ImagingError) -> Geometry {
    let signs = Self.signs[self["space"]?.lowercased() ?? ""] ?? .one
    var columns: [SIMD3<Double>] = []
    for axis in axes.spatial.indices {
      var unit = SIMD3<Double>.zero
      unit[axis] = 1
      if let direction = axes.directions[axis] {
        columns.append(direction * signs)
      } else {
        columns.append(unit * (try spacing(ofAxis: axes.spatial[axis])))
      }
    }
    while columns.count < 3 { columns.append(try third(columns)) }
    let start: SIMD3<Double>
    if let origin = try vectors("space origin", count: 1)?[0] {
      start = origin * signs
    } else {
      start = try axisOrigin(axes)
    }
    let map = AffineMap(
      x: columns[0], y: columns[1], z: columns[2], offset: start)
    let shape = try RawShape(
      (0..<3).map { Double(axes.size[$0]) }, path: path)
    return try shape.geometry(map.fromLPS, path: path)
  }

  /// A direction of one millimetre at right angles to those that there are.
  private func third(_ columns: [SIMD3<Double>]) throws(ImagingError) -> SIMD3<Double> {
    let first = columns[0]
    let cross =
      columns.count > 1
      ? first.crossed(with: columns[1])
      : first.crossed(with: abs(first.x) > abs(first.y) ? [0, 0, 1] : [1, 0, 0])
    guard cross.length.isFinite, cross.length > 0 else {
      throw .unsupported(
        path: path, found: "axes whose voxels have no volume",
        advice: "Correct the header's voxel sizes and directions.")
    }
    return (columns.count > 1 ? cross : -cross) / cross.length
  }

  /// The voxel's length along an axis without a direction; 1 where the file does not say.
  private func spacing(ofAxis axis: Int) throws(ImagingError) -> Double {
    guard let number = try perAxis("spacings", axis) else { return 1 }
    guard number != 0 else { throw wrong("spacings", "no length is 0") }
    return abs(number)
  }

  /// The first voxel's centre by `axis mins`, which are the ends of cells or the centres of nodes.
  private func axisOrigin(_ axes: NRRDAxes) throws(ImagingError) -> SIMD3<Double> {
    var origin = SIMD3<Double>.zero
    let centers = try words("centers", count: axes.lengths.count)
    for (place, axis) in axes.spatial.enumerated() {
      guard let start = try perAxis("axis mins", axis) else { continue }
      let isNode = centers?[axis].lowercased() == "node"
      origin[place] = start + (isNode ? 0 : try spacing(ofAxis: axis) / 2)
    }
    return origin
  }

  /// A number of a field that has one per axis; `nil` for NaN and where there is none.
  private func perAxis(_ key: String, _ axis: Int) throws(ImagingError) -> Double? {
    let count = self["dimension"].flatMap { Int($0) } ?? 0
    guard let words = try words(key, count: count) else { return nil }
    guard let number = Double(words[axis].lowercased()) else {
      throw wrong(key, "numbers are expected")
    }
    return number.isFinite ? number : nil
  }
}
