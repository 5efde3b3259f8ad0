import Foundation

/// How far apart the slices of a volume are, judged by where they lie.
struct SliceSpacing {
  /// The part of the spacing by which a slice may lie off; never more than ``roundedPlace``.
  private static let tolerance = 0.02

  /// What rounding positions to a tenth of a millimetre may do, in millimetres: half of it to a
  /// slice, and half of it to the ends that it is compared with.
  private static let roundedPlace = 0.101

  /// The angle, in degrees, that rounding may cause.
  private static let roundedAngle = 0.1

  /// How many slices may be interpolated for each that is there.
  private static let mostAdded = 8

  /// From one voxel plane to the next; millimetres, RAS+.
  let step: SIMD3<Double>

  /// The slice at each voxel plane, with a fraction where it is interpolated.
  let places: [Double]

  /// What a person is to know.
  let notes: [String]

  private let origin: SIMD3<Double>

  /// - Parameters:
  ///   - planes: The slices in order along the normal, at different places.
  ///   - thickness: What a single slice claims.
  ///   - path: What errors name.
  /// - Throws: ``ImagingError/irregularSlices(path:fault:)``.
  init(
    _ planes: [DICOMPlane], thickness: Double?, options: DICOMOptions, path: String
  ) throws(ImagingError) {
    let normal = planes[0].normal
    let start = planes[0].position
    origin = start
    guard planes.count > 1 else {
      step = normal * (thickness ?? 1)
      places = [0]
      notes = thickness == nil ? ["its single slice does not say how thick it is"] : []
      return
    }
    let last = planes[planes.count - 1]
    let span = last.position - start
    let heights = planes.map { (($0.position - start) * normal).sum() }
    let angle = acos(min(1, (span * normal).sum() / span.length)) * 180 / .pi
    let isTilted =
      angle > Self.roundedAngle
      && Self.shift(span, normal) > Self.roundedPlace
    guard !isTilted || options.tilt == .keep else {
      throw .irregularSlices(path: path, fault: .tilted(degrees: angle))
    }
    let tilt =
      isTilted
      ? [String(format: "its voxel axes are %.2f degrees from right angles", angle)] : []
    if let fault = Self.sideways(planes, heights, span) {
      throw .irregularSlices(path: path, fault: fault)
    }
    if let fault = Self.fault(in: heights) {
      let total = heights[heights.count - 1]
      guard options.gaps == .interpolate, case .unequalGaps(let spacing, _, _, _) = fault,
        total / spacing < Double(Self.mostAdded * planes.count)
      else { throw .irregularSlices(path: path, fault: fault) }
      let count = Int((total / spacing).rounded()) + 1
      step = span / Double(count - 1)
      places = Self.places(heights, count)
      notes = tilt + ["\(count) slices were interpolated from \(planes.count) at unequal gaps"]
    } else {
      step = span / Double(planes.count - 1)
      places = planes.indices.map(Double.init)
      notes = tilt
    }
  }

  /// The grid of the volume.
  func geometry(
    columns format: DICOMPixelFormat, pixel: SIMD2<Double>, plane: DICOMPlane, path: String
  ) throws(ImagingError) -> Geometry {
    let map = AffineMap(
      x: plane.right * pixel.x, y: plane.down * pixel.y, z: step, offset: origin)
    guard map.isInvertible else {
      throw .implausibleGeometry(
        path: path, expected: "axes that span space", found: "axes that do not")
    }
    let geometry = Geometry(size: [format.columns, format.rows, places.count], map: map)
    try geometry.checkPlausible(at: path)
    return geometry
  }

  /// A slice that lies beside the line from the first to the last.
  private static func sideways(
    _ planes: [DICOMPlane], _ heights: [Double], _ span: SIMD3<Double>
  ) -> SliceFault? {
    let total = heights[heights.count - 1]
    let distances = zip(planes, heights).map { plane, height in
      (plane.position - planes[0].position - span * (height / total)).length
    }
    guard let worst = distances.indices.max(by: { distances[$0] < distances[$1] }),
      distances[worst] > roundedPlace
    else { return nil }
    return .sideways(distance: distances[worst], slice: worst, slices: planes.count)
  }

  /// How far a span leads sideways, in millimetres.
  private static func shift(_ span: SIMD3<Double>, _ normal: SIMD3<Double>) -> Double {
    (span - normal * (span * normal).sum()).length
  }

  /// What is wrong with the distances, judged by where each slice would lie were all equal.
  private static func fault(in heights: [Double]) -> SliceFault? {
    let gaps = zip(heights, heights.dropFirst()).map { $1 - $0 }
    let mean = heights[heights.count - 1] / Double(gaps.count)
    let allowed = min(max(tolerance * mean, roundedPlace), 0.2 * mean)
    let isRegular = heights.enumerated().allSatisfy { abs($1 - Double($0) * mean) <= allowed }
    guard !isRegular else { return nil }
    let usual = gaps.sorted()[gaps.count / 2]
    let worst = gaps.indices.max { abs(gaps[$0] - usual) < abs(gaps[$1] - usual) } ?? 0
    return .unequalGaps(
      spacing: usual, found: gaps[worst], after: worst, slices: heights.count)
  }

  /// Where equally distant planes lie among the slices.
  private static func places(_ heights: [Double], _ count: Int) -> [Double] {
    let total = heights[heights.count - 1]
    var below = 0
    return (0..<count).map { plane in
      let height = total * Double(plane) / Double(count - 1)
      while below + 2 < heights.count, heights[below + 1] <= height { below += 1 }
      let gap = heights[below + 1] - heights[below]
      return Double(below) + min(max((height - heights[below]) / gap, 0), 1)
    }
  }
}
