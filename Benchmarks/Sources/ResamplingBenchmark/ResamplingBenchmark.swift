import Foundation
import Imaging
import Measuring

/// A CT of 0.8 × 0.8 × 2 mm and its labels, in memory, on to 1 mm in every way that a peer has:
/// `ResamplingBenchmark CT LABELS RESULTS [REPETITIONS]`. What comes out is written to the folder
/// RESULTS as it lies in memory, for the peers to be compared with.
@main
enum ResamplingBenchmark {
  static func main() throws {
    let words = CommandLine.arguments
    guard words.count > 3 else {
      FileHandle.standardError.write(
        Data("usage: ResamplingBenchmark CT LABELS RESULTS [REPETITIONS]\n".utf8))
      exit(64)
    }
    let repetitions = words.count > 4 ? Int(words[4]) ?? 5 : 5
    let ct = try NIfTI.read(at: words[1]).volume
    let stored = Volume<Int16>(geometry: ct.geometry, voxels: ct.voxels.map { Int16($0) })
    let labels = try NIfTI.readLabels(at: words[2])
    // The same box in voxels of as close to 1 mm as their whole number allows.
    let exact = SIMD3<Double>(ct.geometry.size) * ct.geometry.spacing
    let grid = ct.geometry.resized(to: SIMD3<Int>(exact, rounding: .toNearestOrEven))
    let run = Run(results: words[3], repetitions: repetitions)
    let nnUNet = Resampling(.cubic, edge: .continued, keepsRange: true)
    try run.measure("linear/chiasm/float") { ct.resampled(onto: grid, by: .linear) }
    try run.measure("linear/chiasm/int16") { stored.resampled(onto: grid, by: .linear) }
    try run.measure("cubic/chiasm/simpleitk") { ct.resampled(onto: grid, by: .cubic) }
    try run.measure("cubic/chiasm/nnunet") { ct.resampled(onto: grid, by: nnUNet) }
    try run.measure("labels/chiasm/nearest") { labels.resampled(onto: grid) }
    try run.measure("labels/chiasm/vote") { labels.resampled(onto: grid, by: .vote) }
    try run.measure("oblique/chiasm/linear") { ct.resampled(onto: tilted(grid), by: .linear) }
    try run.measure("oblique/chiasm/cubic") { ct.resampled(onto: tilted(grid), by: .cubic) }
    try run.measure("oblique/chiasm/vote") { labels.resampled(onto: tilted(grid), by: .vote) }
  }

  /// The grid turned about its first voxel: by 0.2 about z after 0.1 about x, in radians.
  private static func tilted(_ grid: Geometry) -> Geometry {
    let (a, b) = (0.2, 0.1)
    return Geometry(
      size: grid.size, spacing: grid.spacing, origin: grid.origin,
      direction: Direction(
        x: [cos(a), sin(a), 0], y: [-sin(a) * cos(b), cos(a) * cos(b), sin(b)],
        z: [sin(a) * sin(b), -cos(a) * sin(b), cos(b)]))
  }
}

/// Where results go and how often work is repeated.
private struct Run {
  let results: String
  let repetitions: Int

  /// Prints the figure of some work and writes what comes out of it.
  func measure<Scalar>(_ name: String, _ work: () -> Volume<Scalar>) throws {
    print(try Figure("resample/\(name)", repetitions: repetitions) { _ = work() }.line())
    let file = name.replacingOccurrences(of: "/", with: "-")
    let bytes = work().voxels.withUnsafeBytes { Data($0) }
    try bytes.write(to: URL(fileURLWithPath: "\(results)/\(file)"))
  }
}
