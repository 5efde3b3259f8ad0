extension MetaImageHeader {
  private static let types: [String: VoxelType] = [
    "MET_CHAR": .int8, "MET_UCHAR": .uint8, "MET_SHORT": .int16, "MET_USHORT": .uint16,
    "MET_INT": .int32, "MET_UINT": .uint32, "MET_LONG": .int32, "MET_ULONG": .uint32,
    "MET_LONG_LONG": .int64, "MET_ULONG_LONG": .uint64, "MET_FLOAT": .float32,
    "MET_DOUBLE": .float64,
  ]

  /// What the header says of the voxels.
  ///
  /// - Throws: ``ImagingError``.
  func scan() throws(ImagingError) -> RawScan {
    if let kind = self["ObjectType"], kind != "Image" {
      throw .unsupported(
        path: path, found: "a MetaIO object of type \(kind)", advice: "Choose an image.")
    }
    let shape = try shape()
    let name = self["ElementType"] ?? "no type"
    guard let type = Self.types[name] else {
      throw .unsupported(
        path: path, found: "voxels of type \(name)",
        advice: "Convert them to real numbers, MET_SHORT or MET_FLOAT for instance.")
    }
    let channels = Int(self["ElementNumberOfChannels"] ?? "1") ?? 0
    guard [1, 3, 4].contains(channels) else {
      throw .unsupported(
        path: path, found: "voxels of \(self["ElementNumberOfChannels"] ?? "") channels",
        advice: "Convert them to one channel.")
    }
    let geometry = try geometry(shape)
    let frames = shape.lengths.dropFirst(3).reduce(1, *)
    let perFrame = geometry.voxelCount * channels
    let order = VoxelOrder(
      strides: [channels, channels * shape.size.x, channels * shape.size.x * shape.size.y],
      frameAxes: [(frames, perFrame)])
    return RawScan(
      path: path, geometry: geometry, type: type, order: order, channels: channels,
      provider: try provider(type: type, lengths: shape.lengths, count: perFrame * frames))
  }

  /// The lengths of the axes.
  private func shape() throws(ImagingError) -> RawShape {
    guard let count = self["NDims"].flatMap({ Int($0) }), (1...7).contains(count) else {
      throw .absurdSize(
        path: path, description: "it counts '\(self["NDims"] ?? "")' axes, not 1 to 7")
    }
    guard let lengths = try numbers("DimSize", count: count) else {
      throw .unreadable(path: path, reason: "its header has no DimSize")
    }
    return try RawShape(lengths, path: path)
  }

  /// The grid; TransformMatrix has the direction of one axis after the other, in LPS.
  private func geometry(_ shape: RawShape) throws(ImagingError) -> Geometry {
    let rank = shape.lengths.count
    let spacing = try numbers("ElementSpacing", "ElementSize", count: rank)
    let matrix = try numbers("TransformMatrix", "Rotation", "Orientation", count: rank * rank)
    let offset = try numbers("Offset", "Position", "Origin", count: rank)
    let column = { (axis: Int) -> SIMD3<Double> in
      var vector = SIMD3<Double>.zero
      vector[axis] = 1
      if axis < rank, let matrix {
        for row in 0..<min(rank, 3) { vector[row] = matrix[axis * rank + row] }
      }
      return vector * (axis < rank ? spacing?[axis] ?? 1 : 1)
    }
    let start = offset.map { offset in
      SIMD3((0..<3).map { $0 < rank ? offset[$0] : 0 })
    }
    let map = AffineMap(x: column(0), y: column(1), z: column(2), offset: start ?? .zero)
    return try shape.geometry(map.fromLPS, path: path)
  }
}

extension AffineMap {
  /// The map in RAS+ of one that leads to positions in LPS+.
  var fromLPS: AffineMap {
    let turn: SIMD3<Double> = [-1, -1, 1]
    return AffineMap(x: x * turn, y: y * turn, z: z * turn, offset: offset * turn)
  }
}
