import CResampling
import Randomness
import Testing

/// The kernels for AVX2 and AVX-512 against those for any processor: nothing may differ, to the last
/// bit. What the processor lacks is left out.
struct ResamplingKernelTests {
  private let kernels = [CRESAMPLING_PORTABLE, CRESAMPLING_AVX2, CRESAMPLING_AVX512]
    .compactMap { cresampling_kernels_for($0)?.pointee }

  @Test func theBestKernelsAreTheLastThatTheProcessorHas() {
    let best = cresampling_best_kernels()
    let last = [CRESAMPLING_AVX512, CRESAMPLING_AVX2, CRESAMPLING_PORTABLE]
      .lazy.compactMap { cresampling_kernels_for($0) }.first
    #expect(best == last)
    #expect(cresampling_kernels_for(cresampling_instructions(7)) == nil)
  }

  @Test(arguments: [0, 1, 2, 3], [CRESAMPLING_NEAREST, CRESAMPLING_LINEAR, CRESAMPLING_CUBIC])
  func planesAreTheSame(type: UInt32, order: cresampling_order) {
    let size: [Int64] = [37, 21, 9]
    let bytes = randomBytes(37 * 21 * 9 * 4, isFloat: type == CRESAMPLING_FLOAT.rawValue)
    let tables = size.map { Table(count: $0, length: 50, order: order) }
    let made = kernels.map { kernels in
      var output = [Float](repeating: 7, count: 50 * 50)
      var scratch = [Float](repeating: 0, count: 37 * 22)
      bytes.withUnsafeBytes { bytes in
        var source = cresampling_source(
          voxels: bytes.baseAddress, type: cresampling_type(type), size: (37, 21, 9),
          first_slice: 0)
        withUnsafePointers(to: tables) { x, y, z in
          kernels.plane(&source, x, y, z, 23, &scratch, &output, 50)
        }
      }
      return output.map(\.bitPattern)
    }
    #expect(made.allSatisfy { $0 == made[0] })
  }

  @Test(arguments: [CRESAMPLING_NEAREST, CRESAMPLING_LINEAR, CRESAMPLING_CUBIC])
  func rowsAreTheSame(order: cresampling_order) {
    let bytes = randomBytes(37 * 21 * 9 * 4, isFloat: true)
    let made = kernels.map { kernels in
      var output = [Float](repeating: 7, count: 101)
      bytes.withUnsafeBytes { bytes in
        var source = cresampling_source(
          voxels: bytes.baseAddress, type: CRESAMPLING_FLOAT, size: (37, 21, 9), first_slice: 0)
        var row = cresampling_row(
          start: (-0.5, 20.3, -0.4), step: (0.36, -0.2, 0.088), length: 101,
          order: (order, order, order), boundary: CRESAMPLING_CONTINUED, ahead: 0)
        kernels.row(&source, &row, &output)
      }
      return output.map(\.bitPattern)
    }
    #expect(made.allSatisfy { $0 == made[0] })
  }

  /// A row from one corner to the other, one that leaves the centres on both ends, one backwards, one
  /// along an axis, and one whose steps are several voxels.
  private static let rows: [(start: (Double, Double, Double), step: (Double, Double, Double))] = [
    ((-0.5, 20.4, -0.4), (0.19, -0.1, 0.044)), ((-0.4, -0.4, 3), (0.18, 0.21, 0)),
    ((36.2, 10, 8.3), (-0.36, 0.07, -0.08)), ((0, 5.25, 0), (0.18, 0, 0.02)),
    ((3, 2.5, 0.5), (17, 9, 3.5)),
  ]

  @Test(arguments: [0, 1, 2, 3], rows.indices)
  func linearRowsAreTheSameAndWhatTheyShouldBe(type: UInt32, number: Int) {
    let row = Self.rows[number]
    let length = row.step.0 > 1 ? 3 : 190
    let bytes = randomBytes(37 * 21 * 9 * 4, isFloat: type == CRESAMPLING_FLOAT.rawValue)
    // What is asked for beforehand changes nothing, wherever it may lie.
    let aheads: [Int64] = [0, 74, .max, .min]
    let made = kernels.flatMap { kernels in aheads.map { (kernels, $0) } }.map { kernels, ahead in
      var output = [Float](repeating: 7, count: length + 1)
      bytes.withUnsafeBytes { bytes in
        var source = cresampling_source(
          voxels: bytes.baseAddress, type: cresampling_type(type), size: (37, 21, 9),
          first_slice: 0)
        var row = cresampling_row(
          start: row.start, step: row.step, length: Int64(length),
          order: (CRESAMPLING_LINEAR, CRESAMPLING_LINEAR, CRESAMPLING_LINEAR),
          boundary: CRESAMPLING_MIRRORED, ahead: ahead)
        kernels.row(&source, &row, &output)
      }
      #expect(output[length] == 7)
      return Array(output.dropLast())
    }
    #expect(made.allSatisfy { $0.map(\.bitPattern) == made[0].map(\.bitPattern) })
    var voxels = [Float](repeating: 0, count: 37 * 21 * 9)
    bytes.withUnsafeBytes {
      cresampling_load(cresampling_type(type), $0.baseAddress, Int64(voxels.count), &voxels)
    }
    let largest = Double(voxels.map { abs($0) }.max() ?? 0)
    for (index, value) in made[0].enumerated() {
      let place =
        SIMD3(row.start.0, row.start.1, row.start.2)
        + Double(index) * SIMD3(row.step.0, row.step.1, row.step.2)
      #expect(abs(Double(value) - trilinear(voxels, at: place)) < 1e-6 * largest)
    }
  }

  /// From the definition, in doubles: the sum over the corners of a cell of value times weight.
  private func trilinear(_ voxels: [Float], at place: SIMD3<Double>) -> Double {
    let size = SIMD3(37, 21, 9)
    let inside = pointwiseMin(pointwiseMax(place, .zero), SIMD3<Double>(size &- 1))
    let low = pointwiseMin(SIMD3<Int>(inside), size &- 2)
    let t = inside - SIMD3<Double>(low)
    var sum = 0.0
    for corner in 0..<8 {
      let step = SIMD3(corner & 1, corner >> 1 & 1, corner >> 2)
      let weights = (0..<3).map { step[$0] == 1 ? t[$0] : 1 - t[$0] }
      let at = low &+ step
      let value = Double(voxels[at.x + size.x * (at.y + size.y * at.z)])
      sum += value * weights[0] * weights[1] * weights[2]
    }
    return sum
  }

  @Test(arguments: [CRESAMPLING_MIRRORED, CRESAMPLING_CONTINUED])
  func filtersAreTheSame(boundary: cresampling_boundary) {
    for count in [1, 2, 3, 50] {
      let lines = floats(count * 33)
      let made = kernels.map { kernels in
        var (filtered, smooth) = (lines, lines)
        kernels.spline(&filtered, Int64(count), 33, 33, boundary)
        kernels.convolve(lines, Int64(count), 33, [0.5, 0.2, 0.05], 2, &smooth, 33)
        return (filtered + smooth).map(\.bitPattern)
      }
      #expect(made.allSatisfy { $0 == made[0] })
    }
  }

  @Test func votesAndContestsAreTheSame() {
    let labels = randomBytes(37 * 21 * 9 * 2, isFloat: false).map { $0 % 3 }
    let tables = [37, 21, 9].map { Table(count: $0, length: 50, order: CRESAMPLING_LINEAR) }
    let scores = floats(100)
    let made = kernels.map { kernels in
      var output = [UInt16](repeating: 7, count: 50 * 50)
      var scratch = [UInt8](repeating: 0, count: 37)
      labels.withUnsafeBytes { bytes in
        var source = cresampling_source(
          voxels: bytes.baseAddress, type: CRESAMPLING_UINT16, size: (37, 21, 9), first_slice: 0)
        withUnsafePointers(to: tables) { x, y, z in
          kernels.vote_plane(&source, x, y, z, 23, &scratch, &output, 50)
        }
      }
      var (best, winner) = ([Float](repeating: 0, count: 100), [UInt16](repeating: 0, count: 100))
      kernels.contest(scores, 100, 3, &best, &winner)
      scores.withUnsafeBytes { bytes in
        var source = cresampling_source(
          voxels: bytes.baseAddress, type: CRESAMPLING_FLOAT, size: (5, 5, 2), first_slice: 0)
        var row = cresampling_row(
          start: (-0.5, 4.3, -0.4), step: (0.1, -0.09, 0.03), length: 50,
          order: (CRESAMPLING_LINEAR, CRESAMPLING_LINEAR, CRESAMPLING_LINEAR),
          boundary: CRESAMPLING_MIRRORED, ahead: 0)
        kernels.decide_row(&source, &row, 50, [4, 9], 2, &winner)
      }
      return output + winner + best.map { UInt16(truncatingIfNeeded: $0.bitPattern) }
    }
    #expect(made.allSatisfy { $0 == made[0] })
  }

  private struct Table {
    var taps: Int32 = 1
    var first: [Int32] = []
    var weights: [Float] = []

    init(count: Int64, length: Int, order: cresampling_order) {
      for index in 0..<length {
        var (start, found): (Int32, [Float]) = (0, [0, 0, 0, 0])
        let position = Double(index) / Double(length) * Double(count) - 0.5
        taps = cresampling_weights(order, CRESAMPLING_MIRRORED, position, count, &start, &found)
        first.append(start)
        weights += found.prefix(Int(taps))
      }
    }

    func withAxis(_ body: (inout cresampling_axis) -> Void) {
      first.withUnsafeBufferPointer { first in
        weights.withUnsafeBufferPointer { weights in
          var axis = cresampling_axis(
            taps: taps, length: Int32(first.count), first: first.baseAddress,
            weights: weights.baseAddress)
          body(&axis)
        }
      }
    }
  }

  private func withUnsafePointers(
    to tables: [Table],
    _ body: (
      UnsafePointer<cresampling_axis>, UnsafePointer<cresampling_axis>,
      UnsafePointer<cresampling_axis>
    ) -> Void
  ) {
    tables[0].withAxis { x in
      tables[1].withAxis { y in
        tables[2].withAxis { z in body(&x, &y, &z) }
      }
    }
  }

  private func floats(_ count: Int) -> [Float] {
    var generator = SplitMix64(seed: 4)
    return (0..<count).map { _ in .random(in: -1000...1000, using: &generator) }
  }

  private func randomBytes(_ count: Int, isFloat: Bool) -> [UInt8] {
    guard !isFloat else { return floats(count / 4).flatMap { withUnsafeBytes(of: $0, Array.init) } }
    var generator = SplitMix64(seed: 4)
    return (0..<count).map { _ in .random(in: 0...255, using: &generator) }
  }
}
