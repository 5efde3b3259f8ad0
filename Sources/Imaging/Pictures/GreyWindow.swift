/// Which intensities are shown black and white.
struct GreyWindow {
  let black: Float
  let white: Float

  /// A soft-tissue window for Hounsfield units, recognised by air, which is darker than anything in
  /// other scans; else from the 1st to the 99.5th percentile.
  init(of volume: Volume<Float>) {
    let step = max(1, volume.voxels.count / 20_000)
    let sample = stride(from: 0, to: volume.voxels.count, by: step).map { volume.voxels[$0] }
      .filter(\.isFinite).sorted()
    guard let least = sample.first else {
      (black, white) = (0, 1)
      return
    }
    if least < -300 {
      (black, white) = (-160, 240)
    } else {
      black = Float(IntensityStatistics.percentile(1, ofSorted: sample))
      white = Float(IntensityStatistics.percentile(99.5, ofSorted: sample))
    }
  }

  /// The grey levels, 0 to 255, of `volume` on the grid `plane`; black outside of the volume.
  func levels(of volume: Volume<Float>, on plane: Geometry, threads: Int? = nil) -> [Int] {
    let range = max(white - black, .leastNormalMagnitude)
    let shown = volume.resampled(onto: plane, by: .linear, outside: black, threads: threads)
    return shown.voxels.map { value in
      let part = (value - black) / range
      return part.isFinite ? Int(min(max(part, 0), 1) * 255) : 0
    }
  }
}
