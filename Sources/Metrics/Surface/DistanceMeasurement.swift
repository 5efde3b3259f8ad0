/// The last pass of the distance transform, only along the columns and at the points that are asked
/// for.
enum DistanceMeasurement {
  /// The distance in millimetres from each point to the nearest site of another surface.
  ///
  /// - Precondition: There is a site.
  /// - Complexity: O(*n*) in the places of the grid.
  static func distances(
    from points: SurfacePoints, to sites: NearestSites, spacing: SIMD3<Double>
  ) -> [Double] {
    let (size, planes) = (sites.size, sites.planes)
    precondition(!planes.isEmpty, "there is no surface to measure the distance to")
    let area = size.x * size.y
    let squares = (0..<3).map { axis in
      (0..<size[axis]).map { (Double($0) * spacing[axis]) * (Double($0) * spacing[axis]) }
    }
    return [Double](unsafeUninitializedCapacity: points.heights.count) { buffer, count in
      sites.offsets.withUnsafeBufferPointer { offsets in
        nonisolated(unsafe) let (offsets, output) = (offsets, buffer)
        Parallel.forEachRange(of: area, grain: 2048) { columns in
          let envelope = LowerEnvelope(length: size.z, spacing: spacing.z)
          for column in columns where points.starts[column] < points.starts[column + 1] {
            let square = { (plane: Int) -> Double in
              let offset = offsets[plane * area + column]
              return squares[0][Int(offset & 0xFFFF)] + squares[1][Int(offset >> 16)]
            }
            envelope.build(at: planes, value: square)
            var lowest = 0
            for point in points.starts[column]..<points.starts[column + 1] {
              let z = Int(points.heights[point])
              lowest = envelope.lowest(at: z, from: lowest)
              let nearest = envelope.position(lowest)
              let total = square(nearest) + squares[2][abs(z - nearest)]
              output.initializeElement(at: point, to: total.squareRoot())
            }
          }
        }
      }
      count = buffer.count
    }
  }
}
