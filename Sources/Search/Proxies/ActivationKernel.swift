import Foundation
import Networks
import Synchronization
import Torch

/// Scores a network by how differently its rectified units answer to different images.
///
/// Of every unit and image it is noted whether the unit lets the image through: whether what comes out of
/// its leaky ReLU is positive, which is whether it used the slope of 1. Two images are as alike as the number
/// of units that treat both alike, and the score is the logarithm of the determinant of the matrix of all
/// these numbers. It is −∞ when two images have the same code.
///
/// Source: J. Mellor et al., "Neural Architecture Search without Training", ICML 2021, section 3, equation 2.
enum ActivationKernel {
  static func score(of network: SegmentationNetwork, on patches: ProxyPatches) throws -> Double {
    let agreement = Mutex<CodeAgreement?>(nil)
    let probe = ActivationProbe { activation throws(TorchError) in
      let images = activation.shape[0]
      let codes = try activation.detached().withFloats { values in
        let units = values.count / images
        return (0..<images).map { image in
          Self.packed(values[(image * units)..<((image + 1) * units)])
        }
      }
      agreement.withLock {
        var sum = $0 ?? CodeAgreement(images: images)
        sum.add(codes, units: activation.elementCount / images)
        $0 = sum
      }
    }
    try withoutGradients { () throws(TorchError) in
      _ = try probe.watching { () throws(TorchError) in
        try network(patches.inputs, presence: patches.presence, isTraining: true)
      }
    }
    guard let found = agreement.withLock({ $0 }) else { return -.infinity }
    return try found.logDeterminant()
  }

  /// One bit per number, whether it is positive.
  static func packed(_ values: Slice<UnsafeBufferPointer<Float>>) -> [UInt64] {
    var words = [UInt64](repeating: 0, count: (values.count + 63) / 64)
    for (index, value) in values.enumerated() where value > 0 {
      words[index >> 6] |= 1 << UInt64(index & 63)
    }
    return words
  }
}

/// How many units treat two images alike, for every pair of images.
struct CodeAgreement {
  private(set) var counts: [[Int]]

  init(images: Int) {
    counts = Array(repeating: Array(repeating: 0, count: images), count: images)
  }

  /// Adds some units.
  ///
  /// - Parameter codes: Per image a bit per unit; what is left of the last word is zero.
  mutating func add(_ codes: [[UInt64]], units: Int) {
    for first in codes.indices {
      for second in codes.indices {
        let different = zip(codes[first], codes[second]).reduce(0) { count, words in
          count + (words.0 ^ words.1).nonzeroBitCount
        }
        counts[first][second] += units - different
      }
    }
  }

  /// The logarithm of the determinant of the counts; −∞ when it is zero.
  func logDeterminant() throws(TorchError) -> Double {
    let matrix = try Tensor(
      counts.flatMap { $0.map(Double.init) }, shape: [counts.count, counts.count])
    // The matrix has no negative eigenvalues, so its determinant is the product of the singular values.
    let values = try matrix.singularValues().doubles()
    // What is left of a zero by rounding must not pass for a small number.
    let least = (values.first ?? 0) * Double(counts.count) * Double.ulpOfOne
    return values.allSatisfy { $0 > least } ? values.reduce(0) { $0 + log($1) } : -.infinity
  }
}
