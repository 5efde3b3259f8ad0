internal import CKernels

/// Carries out changes of a patch's intensities.
///
/// The price is at most one pass to measure and one to change per transform; brightness, shift and
/// contrast are one.
struct IntensityAugmentation {
  /// The patch along x, y and z.
  let patchSize: [Int]
  let space: TransformSpace

  /// Changes `patch`; `scratch` has as much room.
  func apply(
    _ change: IntensityChange, to patch: UnsafeMutablePointer<Float>,
    scratch: UnsafeMutablePointer<Float>
  ) {
    let count = Int64(patchSize.reduce(1, *))
    if let noise = change.noise {
      Kernels.succeed(ckernels_add_noise(patch, count, noise.deviation, noise.seed))
    }
    if let blur = change.blur {
      Kernels.succeed(
        ckernels_blur(patch, scratch, Kernels.size(patchSize), [blur.x, blur.y, blur.z]))
    }
    rescale(patch, count, change)
    if let resolution = change.resolution {
      lowerResolution(of: patch, to: resolution, scratch: scratch)
    }
    if let exponent = change.invertedGamma { raise(patch, count, to: exponent, isInverted: true) }
    if let exponent = change.gamma { raise(patch, count, to: exponent, isInverted: false) }
  }

  /// Brightness, shift and contrast: each is a line, and so are all three together; contrast keeps
  /// values within the range that they had before it.
  private func rescale(
    _ patch: UnsafeMutablePointer<Float>, _ count: Int64, _ change: IntensityChange
  ) {
    var (scale, shift) = (change.brightness, change.shift)
    var range = -Double.infinity...Double.infinity
    if let contrast = change.contrast {
      let before = statistics(of: patch, count)
      let mean = scale * before.mean + shift
      range =
        (scale * Double(before.lowest) + shift)...(scale * Double(before.highest) + shift)
      scale *= contrast
      shift = contrast * shift + (1 - contrast) * mean
    }
    guard scale != 1 || shift != 0 else { return }
    Kernels.succeed(
      ckernels_rescale(
        patch, count, Float(scale), Float(shift), Float(range.lowerBound), Float(range.upperBound)))
  }

  private func lowerResolution(
    of patch: UnsafeMutablePointer<Float>, to share: Double,
    scratch: UnsafeMutablePointer<Float>
  ) {
    var coarse = patchSize
    for axis in space.zoomedAxes {
      coarse[axis] = max(1, Int((Double(patchSize[axis]) * share).rounded(.toNearestOrEven)))
    }
    Kernels.succeed(
      ckernels_lower_resolution(patch, scratch, Kernels.size(patchSize), Kernels.size(coarse)))
  }

  private func raise(
    _ patch: UnsafeMutablePointer<Float>, _ count: Int64, to exponent: Double, isInverted: Bool
  ) {
    Kernels.succeed(
      ckernels_gamma(patch, count, exponent, isInverted ? 1 : 0, statistics(of: patch, count)))
  }

  private func statistics(
    of patch: UnsafeMutablePointer<Float>, _ count: Int64
  ) -> ckernels_statistics {
    var result = ckernels_statistics()
    Kernels.succeed(ckernels_measure(&result, patch, count))
    return result
  }
}
