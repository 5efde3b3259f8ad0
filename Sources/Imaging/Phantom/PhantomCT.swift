import Randomness

/// The CT scanner: Hounsfield units, partial volume, noise with a grain.
enum PhantomCT {
  /// Scans the whole width of the body, axially, axes pointing left, posterior and superior.
  ///
  /// - Returns: The scan in whole Hounsfield units, and the true labels on its grid.
  static func scan(
    _ anatomy: PhantomAnatomy, size: Int, using generator: inout some RandomNumberGenerator
  ) -> (scan: Volume<Float>, labels: LabelMap) {
    let spacing = SIMD3(76.8, 76.8, 96) / Double(size)
    let grid = Geometry.centred(
      at: anatomy.centre, size: SIMD3(repeating: size), spacing: spacing,
      direction: .radiological)
    let deviation = generator.uniform(14..<20)
    // A reconstruction filter gives the noise its grain; 1.9 undoes what the filter takes away.
    var noise = (0..<grid.voxelCount).map { _ in
      Float(generator.normal(deviation: deviation * 1.9))
    }
    GaussianBlur.apply(to: &noise, size: grid.size, deviations: [0.6, 0.6, 0.3])
    var scan = Volume<Float>(geometry: grid, filledWith: 0)
    var labels = LabelMap(geometry: grid, filledWith: 0)
    let blur = spacing.max()
    let values = grid.mapVoxels { position -> (Double, UInt16) in
      let distances = anatomy.distances(at: position)
      let coverage = PhantomAnatomy.coverage(at: distances, blur: blur)
      let label = PhantomAnatomy.label(at: distances)
      return (PhantomProperty.hounsfield.blended(by: coverage), label)
    }
    scan.voxels = zip(values, noise).map { value, noise in
      max((Float(value.0) + noise).rounded(), -1024)
    }
    labels.voxels = values.map(\.1)
    return (scan, labels)
  }
}

extension Geometry {
  /// The values of `body` at the centre of every voxel, x fastest.
  func mapVoxels<Value>(_ body: (SIMD3<Double>) -> Value) -> [Value] {
    var values: [Value] = []
    values.reserveCapacity(voxelCount)
    let (map, size) = (map, size)
    for z in 0..<size.z {
      for y in 0..<size.y {
        for x in 0..<size.x {
          values.append(body(map([Double(x), Double(y), Double(z)])))
        }
      }
    }
    return values
  }
}
