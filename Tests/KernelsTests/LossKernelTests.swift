import CKernels
import TestSupport
import Testing

/// Both layouts, and both sets of instructions. What the numbers are is checked in TensorLossTests.
struct LossKernelTests {
  private struct Outcome: Equatable {
    var loss = 0.0
    /// [images, classes, voxels].
    var gradient: [Float] = []
    /// What was written to lanes beyond the last class.
    var padding: [Float] = []
  }

  private let images = 2

  private func labels(_ voxels: Int, _ classes: Int) -> [UInt8] {
    (0..<(images * voxels)).map { UInt8($0 * 7 % 5 % classes) }
  }

  private func plain(_ voxels: Int, _ classes: Int) -> Outcome {
    let logits = wave(images * classes * voxels, step: 0.61, scale: 5).map { Float($0) }
    let found = run(logits, voxels, classes, isBlocked: false)
    return Outcome(loss: found.loss, gradient: found.gradient)
  }

  /// The same logits in blocks of eight classes; the lanes beyond the last hold no number.
  private func blocked(_ voxels: Int, _ classes: Int) -> Outcome {
    let plain = wave(images * classes * voxels, step: 0.61, scale: 5).map { Float($0) }
    let blocks = (classes + 7) / 8
    let place = { (image: Int, channel: Int, voxel: Int) in
      ((image * blocks + channel / 8) * voxels + voxel) * 8 + channel % 8
    }
    var logits = [Float](repeating: .nan, count: images * blocks * voxels * 8)
    for image in 0..<images {
      for channel in 0..<classes {
        for voxel in 0..<voxels {
          logits[place(image, channel, voxel)] =
            plain[(image * classes + channel) * voxels + voxel]
        }
      }
    }
    let found = run(logits, voxels, classes, isBlocked: true)
    var outcome = Outcome(loss: found.loss)
    for image in 0..<images {
      for channel in 0..<(blocks * 8) {
        for voxel in 0..<voxels {
          let value = found.gradient[place(image, channel, voxel)]
          if channel < classes {
            outcome.gradient.append(value)
          } else {
            outcome.padding.append(value)
          }
        }
      }
    }
    return outcome
  }

  private func run(
    _ logits: [Float], _ voxels: Int, _ classes: Int, isBlocked: Bool
  ) -> (loss: Double, gradient: [Float]) {
    var loss = 0.0
    var slopes = [Double](repeating: 0, count: images * 2 * classes)
    var gradient = [Float](repeating: 7, count: logits.count)
    logits.withUnsafeBytes { logits in
      labels(voxels, classes).withUnsafeBytes { labels in
        var scores = ckernels_scores(
          logits: logits.baseAddress, labels: labels.baseAddress, images: Int64(images),
          classes: Int64(classes), voxels: Int64(voxels), is_blocked: isBlocked ? 1 : 0,
          is_double: 0, has_wide_labels: 0)
        let dice = ckernels_dice(joins_images: 0, numerator: 1e-5, denominator: 1e-5)
        #expect(ckernels_loss(&loss, &slopes, &scores, dice) == 0)
        #expect(ckernels_loss_gradient(&gradient, &scores, slopes, 1) == 0)
      }
    }
    return (loss, gradient)
  }

  @Test(arguments: [1, 9, 515, 4099], [2, 4, 8, 9, 17])
  func blockedLogitsGiveTheSameBytes(voxels: Int, classes: Int) {
    let (plain, blocked) = (plain(voxels, classes), blocked(voxels, classes))
    #expect(plain.loss == blocked.loss)
    #expect(plain.gradient == blocked.gradient)
    #expect(blocked.padding.allSatisfy { $0 == 0 })
  }

  @Test(arguments: [2, 9])
  func withoutAVX2ItIsTheSameButForRounding(classes: Int) {
    let fast = plain(4099, classes)
    ckernels_allow_avx2(0)
    defer { ckernels_allow_avx2(1) }
    let portable = plain(4099, classes)
    expectClose(portable.loss, fast.loss, within: 1e-6 * fast.loss)
    let difference = zip(fast.gradient, portable.gradient).map { Double($0 - $1) }
    #expect(norm(difference) <= 1e-6 * norm(fast.gradient.map { Double($0) }))
  }

  @Test func blockedLogitsInFloat64AreRefused() {
    var scores = ckernels_scores(
      logits: nil, labels: nil, images: 1, classes: 2, voxels: 1, is_blocked: 1, is_double: 1,
      has_wide_labels: 0)
    var (loss, slopes) = (0.0, [Double](repeating: 0, count: 4))
    let dice = ckernels_dice(joins_images: 0, numerator: 0, denominator: 0)
    #expect(ckernels_loss(&loss, &slopes, &scores, dice) == 1)
    #expect(String(cString: ckernels_last_error()) == "blocked logits are float32")
  }
}
