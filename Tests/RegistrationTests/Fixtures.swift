import Foundation
import Imaging
import Randomness

@testable import Registration

/// Scans and maps that several tests share.
enum Fixtures {
  /// The two images of whole numbers that Tests/Reference/registration_values.py makes.
  static var images: (Volume<Float>, Volume<Float>) {
    let grid = Geometry(size: [7, 6, 5], spacing: .one)
    var (first, second): ([Float], [Float]) = ([], [])
    for z in 0..<5 {
      for y in 0..<6 {
        for x in 0..<7 {
          let value = (3 * x * x + 5 * y * z + 7 * x * z) % 8
          first.append(Float(value))
          second.append(Float((value * value + x + y * z % 3) % 8))
        }
      }
    }
    return (Volume(geometry: grid, voxels: first), Volume(geometry: grid, voxels: second))
  }

  /// A smooth scan: blobs at places of the world, seen on any grid.
  ///
  /// - Parameter isInverted: Whether bright is dark, as in a scan of another modality.
  static func blobs(on grid: Geometry, isInverted: Bool = false) -> Volume<Float> {
    let places: [(SIMD3<Double>, Double, Double)] = [
      ([4, -3, 2], 9, 100), ([-8, 5, -4], 6, 60), ([2, 9, 7], 5, 140), ([-3, -9, -8], 7, 40),
    ]
    var voxels: [Float] = []
    voxels.reserveCapacity(grid.voxelCount)
    for z in 0..<grid.size.z {
      for y in 0..<grid.size.y {
        for x in 0..<grid.size.x {
          let point = grid.position(ofVoxel: [Double(x), Double(y), Double(z)])
          let sum = places.reduce(0.0) { sum, blob in
            let distance = (point - blob.0).length
            return sum + blob.2 * exp(-0.5 * pow(distance / blob.1, 2))
          }
          voxels.append(Float(isInverted ? 80 * sin(sum / 40) - sum : sum))
        }
      }
    }
    return Volume(geometry: grid, voxels: voxels)
  }

  /// A grid of 40 mm a side whose middle is the world's.
  static func grid(_ count: Int) -> Geometry {
    let spacing = 40 / Double(count)
    return Geometry(
      size: [count, count, count], spacing: SIMD3(repeating: spacing),
      origin: SIMD3(repeating: -20 + spacing / 2))
  }

  /// A rotation of about 9 degrees and a shift of about 4 mm.
  static let moved = TransformModel.rigid.movement(
    [2, -3, 1.5, 2, -1, 2.5], in: Frame(centre: .zero, radius: 20))

  /// A volume that shows at `map(p)` what `volume` shows at p: its header is changed, and no value.
  static func displaced(_ volume: Volume<Float>, by map: AffineMap) -> Volume<Float> {
    Volume(
      geometry: Geometry(
        size: volume.geometry.size, map: volume.geometry.map.followed(by: map)),
      voxels: volume.voxels)
  }

  /// How far two maps carry the corners of a cube of 20 mm apart: their mean, in millimetres.
  static func error(
    _ found: AffineMap, _ truth: AffineMap, around centre: SIMD3<Double> = .zero
  ) -> Double {
    let errors = (0..<8).map { corner -> Double in
      let place = (0..<3).map { axis -> Double in corner >> axis & 1 == 0 ? -10 : 10 }
      let point = centre + SIMD3<Double>(place)
      return (found(point) - truth(point)).length
    }
    return errors.reduce(0, +) / 8
  }

  /// The derivative of an objective's cost along a displacement, by central differences.
  static func difference(
    of objective: any Objective, along direction: [Double], at transform: AffineMap, step: Double
  ) throws -> Double? {
    let costs = [step, -step].compactMap { step -> Double? in
      let columns = (0..<3).map { column -> SIMD3<Double> in
        var image = SIMD3<Double>(
          direction[column], direction[4 + column], direction[8 + column])
        image *= step / objective.frame.radius
        image[column] += 1
        return image
      }
      let shift = SIMD3<Double>(direction[3], direction[7], direction[11]) * step
      let movement = AffineMap(columns, shift: shift, about: objective.frame.centre)
      return objective.evaluate(at: movement.followed(by: transform), withSlope: false)?.cost
    }
    return costs.count == 2 ? (costs[0] - costs[1]) / (2 * step) : nil
  }
}
