import CKernels
import Foundation
import Measuring

/// The kernels that are bound by memory rather than by the multipliers, beside a copy on as many threads:
/// how many bytes a second each moves, counting every pass over an image as one read or one write.
final class Passes {
  private static let channels: Int64 = 16
  private static let images = ckernels_images(batch: 2, channels: channels, size: (64, 64, 64))
  private static let voxels: Int64 = 64 * 64 * 64
  private static let count = Int(2 * channels * voxels)

  private let repetitions: Int
  private var first = Passes.waves(Passes.count)
  private var second = Passes.waves(Passes.count)
  private var third = Passes.waves(Passes.count)
  private var output = [Float](repeating: 0, count: Passes.count)
  private var mean = [Float](repeating: 0, count: 4 * 2 * 16)
  private var deviation = [Float](repeating: 1, count: 4 * 2 * 16)
  private var sums = [Float](repeating: 0, count: 8 * 2 * 16)
  private var weight = Passes.waves(16 * 27)
  private let scale = [Float](repeating: 1, count: 16)

  private init(repetitions: Int) { self.repetitions = repetitions }

  private static func waves(_ count: Int) -> [Float] { (0..<count).map { sin(Float($0 % 8191)) } }

  static func measure(repetitions: Int) throws {
    let passes = Passes(repetitions: repetitions)
    try passes.copy()
    try passes.normalization()
    try passes.mixture()
    try passes.windows()
    try passes.layout()
    try passes.lossAndOptimizer()
  }

  /// `images` passes over an image of 2 × 16 × 64³.
  private func report(_ name: String, images: Double, _ call: () -> Int32) throws {
    let figure = try Figure("kernels/\(name)/chiasm", repetitions: repetitions) {
      guard call() == 0 else { throw Refusal(String(cString: ckernels_last_error())) }
    }
    print(try figure.line(bytes: images * Double(Self.count) * 4))
  }

  private func copy() throws {
    let (threads, bytes) = (Int(ckernels_threads()), Self.count * 4)
    let share = bytes / threads
    try output.withUnsafeMutableBytes { target in
      nonisolated(unsafe) let to = target.baseAddress
      try first.withUnsafeBytes { source in
        nonisolated(unsafe) let from = source.baseAddress
        try report("copy", images: 2) {
          DispatchQueue.concurrentPerform(iterations: threads) { part in
            guard let to, let from else { return }
            memcpy(to + part * share, from + part * share, share)
          }
          return 0
        }
      }
    }
  }

  private func normalization() throws {
    var norm = ckernels_norm(
      batch: 2, channels: Self.channels, voxels: Self.voxels, epsilon: 1e-5, slope: 0.01)
    try report("norm", images: 3) {
      ckernels_norm_forward(&norm, &output, &mean, &deviation, first, scale, scale)
    }
    var (scales, shifts) = (scale, scale)
    try report("norm_gradient", images: 5) {
      ckernels_norm_backward(
        &norm, &output, &scales, &shifts, second, first, mean, deviation, scale, scale)
    }
  }

  /// Of four images, three of them normalised.
  private func mixture() throws {
    try first.withUnsafeBufferPointer { one in
      try second.withUnsafeBufferPointer { two in
        try scale.withUnsafeBufferPointer { ones in
          let normalized = ckernels_mixed_image(
            numbers: one.baseAddress, share: 0.25, is_normalized: 1, scale: ones.baseAddress,
            shift: ones.baseAddress, slope: 0.01)
          var plain = normalized
          (plain.numbers, plain.is_normalized) = (two.baseAddress, 0)
          let images = [normalized, normalized, normalized, plain]
          try images.withUnsafeBufferPointer { try mixture($0) }
        }
      }
    }
  }

  private func mixture(_ images: UnsafeBufferPointer<ckernels_mixed_image>) throws {
    var mixture = ckernels_mixture(
      batch: 2, channels: Self.channels, voxels: Self.voxels, epsilon: 1e-5, count: 4,
      images: images.baseAddress)
    try report("mixture", images: 8) {
      ckernels_mixture_forward(&mixture, &output, &mean, &deviation)
    }
    var shares = [Float](repeating: 0, count: 4)
    try report("mixture_sums", images: 5) {
      ckernels_mixture_sums(&mixture, &shares, &sums, third, mean, deviation)
    }
    try report("mixture_gradient", images: 3) {
      ckernels_mixture_gradient(&mixture, 0, &output, nil, nil, third, sums, mean, deviation)
    }
  }

  private func windows() throws {
    var images = Self.images
    var places = [UInt8](repeating: 0, count: Self.count)
    try report("average_pool", images: 2) { ckernels_average_pool(&images, &output, first) }
    try report("max_pool", images: 2.25) { ckernels_max_pool(&images, &output, &places, first) }
    try report("max_pool_gradient", images: 2.25) {
      ckernels_max_pool_gradient(&images, &output, first, places)
    }
    try report("depthwise", images: 2) {
      ckernels_depthwise(&images, 3, 1, &output, first, weight)
    }
    try report("depthwise_data_gradient", images: 2) {
      ckernels_depthwise_data_gradient(&images, 3, 1, &output, first, weight)
    }
    try report("depthwise_weight_gradient", images: 2) {
      ckernels_depthwise_weight_gradient(&images, 3, 1, &weight, first, second)
    }
  }

  private func layout() throws {
    try report("to_blocked", images: 2) {
      ckernels_to_blocked(&output, first, 2, Self.channels, Self.voxels)
    }
    try report("to_plain", images: 2) {
      ckernels_to_plain(&output, first, 2, Self.channels, Self.voxels)
    }
    var found = scale
    try report("channel_sums", images: 1) {
      ckernels_channel_sums(&found, first, 2, Self.channels, Self.voxels)
    }
  }

  /// The loss of 16 classes; a step of as many weights as an image has numbers.
  private func lossAndOptimizer() throws {
    let labels = (0..<Int(2 * Self.voxels)).map { UInt8($0 % 16) }
    var slopes = [Double](repeating: 0, count: 2 * 2 * 16)
    var loss = 0.0
    try first.withUnsafeBytes { logits in
      try labels.withUnsafeBytes { labels in
        var scores = ckernels_scores(
          logits: logits.baseAddress, labels: labels.baseAddress, images: 2, classes: 16,
          voxels: Self.voxels, is_blocked: 1, is_double: 0, has_wide_labels: 0)
        let dice = ckernels_dice(joins_images: 1, numerator: 0, denominator: 0)
        try report("loss", images: 1) { ckernels_loss(&loss, &slopes, &scores, dice) }
        try report("loss_gradient", images: 2) {
          ckernels_loss_gradient(&output, &scores, slopes, 1)
        }
      }
    }
    try first.withUnsafeMutableBytes { weights in
      try second.withUnsafeBytes { gradients in
        try third.withUnsafeMutableBytes { velocity in
          var parameter = ckernels_parameter(
            weight: weights.baseAddress, gradient: gradients.baseAddress,
            first: velocity.baseAddress, second: nil, count: Int64(Self.count))
          let rule = ckernels_sgd(rate: 0.01, scale: 1, decay: 0, momentum: 0.9, is_nesterov: 1)
          try report("sgd", images: 5) {
            withUnsafePointer(to: &parameter) {
              ckernels_sgd_step(ckernels_parameters(values: $0, count: 1, is_double: 0), rule)
            }
          }
        }
      }
    }
  }
}
