/// What the axes of an NRRD file are: which are directions of space, which count frames, and whether
/// one holds colours.
struct NRRDAxes {
  let lengths: [Int]

  /// The axes that are x, y and z, at most three.
  let spatial: [Int]

  /// Where one step along each of them leads, as far as the file says; in its own space.
  let directions: [SIMD3<Double>?]

  /// 3 or 4 when the first axis holds colours, and else 1.
  let channels: Int

  private static let spatialKinds = ["domain", "space", "none", "???"]
  private static let frameKinds = ["list", "time", "scalar", "stub", "point"]
  private static let colourKinds = [
    "rgb-color": 3, "3-color": 3, "rgba-color": 4, "4-color": 4,
  ]

  /// - Throws: ``ImagingError``.
  init(_ header: NRRDHeader) throws(ImagingError) {
    guard let rank = header["dimension"].flatMap({ Int($0) }), (1...7).contains(rank) else {
      throw .absurdSize(
        path: header.path,
        description: "it counts '\(header["dimension"] ?? "")' axes, not 1 to 7")
    }
    guard let words = try header.words("sizes", count: rank) else {
      throw .unreadable(path: header.path, reason: "its header has no sizes")
    }
    let shape = try RawShape(words.map { Double($0) ?? .nan }, path: header.path)
    let directions = try header.vectors("space directions", count: rank)
    let kinds = try header.words("kinds", count: rank)?.map { $0.lowercased() }
    var spatial: [Int] = []
    var channels = 1
    for axis in 0..<rank {
      let kind = kinds?[axis] ?? "none"
      let isNowhere = directions.map { $0[axis] == nil } ?? false
      if let count = Self.colourKinds[kind], count == shape.lengths[axis], axis == 0 {
        channels = count
      } else if Self.spatialKinds.contains(kind), !isNowhere, spatial.count < 3 {
        spatial.append(axis)
      } else if !Self.spatialKinds.contains(kind), !Self.frameKinds.contains(kind) {
        throw .unsupported(
          path: header.path, found: "an axis of kind \(kind)",
          advice: "Convert it to one number per voxel.")
      }
    }
    guard !spatial.isEmpty else {
      throw .unsupported(
        path: header.path, found: "no axis that is a direction of space",
        advice: "Correct the header's kinds and space directions.")
    }
    (lengths, self.spatial, self.channels) = (shape.lengths, spatial, channels)
    self.directions = spatial.map { directions?[$0] }
  }

  /// How far it is, in numbers, from one place on each axis to the next.
  private var strides: [Int] {
    lengths.indices.map { lengths[..<$0].reduce(1, *) }
  }

  /// Where the voxels are in the file.
  var order: VoxelOrder {
    let total = lengths.reduce(1, *)
    let stride = { (axis: Int) in axis < spatial.count ? strides[spatial[axis]] : total }
    let others = lengths.indices.filter { !spatial.contains($0) && !(channels > 1 && $0 == 0) }
    return VoxelOrder(
      strides: SIMD3((0..<3).map(stride)),
      frameAxes: others.map { (lengths[$0], strides[$0]) })
  }

  /// The number of voxels along x, y and z.
  var size: SIMD3<Int> {
    SIMD3((0..<3).map { $0 < spatial.count ? lengths[spatial[$0]] : 1 })
  }
}
