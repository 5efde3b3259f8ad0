import Foundation
import Randomness

/// A curved ultrasound probe: where its beams run, and how they are laid out as a picture.
struct PhantomProbe {
  /// The radius of the probe's face, in millimetres.
  private static let face = 26.0

  /// Half of the fan's opening, in radians.
  private static let opening = 0.58

  /// How far below the face the picture ends, in millimetres.
  private static let depth = 54.0

  /// The distance of neighbouring samples along a beam, in millimetres.
  let step: Double

  /// The samples of a beam, the beams of a frame and the frames of the sweep.
  let samples: Int
  let beams: Int
  let frames: Int

  /// The grid of the picture: across, deep, along the sweep.
  let grid: Geometry

  /// The point in which the beams of the middle of the grid would meet.
  private let apex: SIMD3<Double>

  /// Places the probe on the front of a body whose middle is `centre`, slightly tilted.
  init(
    touching centre: SIMD3<Double>, coarseness: Double,
    using generator: inout some RandomNumberGenerator
  ) {
    let axial = Direction.radiological
    let direction = PhantomRotation.random(upTo: 0.12, using: &generator).turn(axial)
    let spacing = SIMD3(0.8, 0.8, 1.7) * coarseness
    apex = centre - direction.y * (Self.face + generator.uniform(25..<27))
    step = 0.4 * coarseness
    samples = Int(Self.depth / step)
    beams = Int(112 / coarseness)
    let width = 2 * (Self.face + Self.depth) * sin(Self.opening)
    let top = Self.face * cos(Self.opening)
    let height = Self.face + Self.depth - top
    let size = SIMD3<Int>(SIMD3(width, height, 66) / spacing, rounding: .up)
    frames = size.z
    grid = Geometry.centred(
      at: apex + direction.y * (top + height / 2), size: size, spacing: spacing,
      direction: direction)
  }

  /// The samples of the whole sweep.
  var sampleCount: Int { samples * beams * frames }

  /// Where a beam of a frame starts, where it points, and how many samples it has.
  func beam(
    _ beam: Int, frame: Int
  ) -> (start: SIMD3<Double>, direction: SIMD3<Double>, count: Int) {
    let angle = (Double(beam) / Double(beams - 1) * 2 - 1) * Self.opening
    let pointing = grid.direction.x * sin(angle) + grid.direction.y * cos(angle)
    let sweep = (Double(frame) - Double(frames - 1) / 2) * grid.spacing.z
    return (apex + grid.direction.z * sweep + pointing * Self.face, pointing, samples)
  }

  /// Lays out grey values (samples fastest, then beams, then frames) on the grid, 0 outside the
  /// fan.
  func fan(of values: [Float]) -> Volume<Float> {
    let middle = Double(grid.size.x - 1) / 2
    let toGrid = grid.origin - apex
    let top = (toGrid * grid.direction.y).sum()
    var voxels: [Float] = []
    voxels.reserveCapacity(grid.voxelCount)
    for frame in 0..<frames {
      let start = frame * beams * samples
      for row in 0..<grid.size.y {
        let down = top + Double(row) * grid.spacing.y
        for column in 0..<grid.size.x {
          let across = (Double(column) - middle) * grid.spacing.x
          voxels.append(grey(across: across, down: down, in: values, from: start))
        }
      }
    }
    return Volume(geometry: grid, voxels: voxels)
  }

  /// The grey value `across` and `down` millimetres from the apex, between four samples.
  private func grey(across: Double, down: Double, in values: [Float], from start: Int) -> Float {
    let angle = atan2(across, down)
    let sample = ((across * across + down * down).squareRoot() - Self.face) / step
    let beam = (angle / Self.opening + 1) / 2 * Double(beams - 1)
    guard sample >= 0, sample < Double(samples - 1), beam >= 0, beam < Double(beams - 1) else {
      return 0
    }
    let (x, y) = (Int(sample), Int(beam))
    let (right, up) = (Float(sample - Double(x)), Float(beam - Double(y)))
    let index = start + y * samples + x
    let near = values[index] * (1 - right) + values[index + 1] * right
    let far = values[index + samples] * (1 - right) + values[index + samples + 1] * right
    return (near * (1 - up) + far * up).rounded()
  }
}
