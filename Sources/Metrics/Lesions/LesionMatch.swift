public import Imaging

/// Which lesions were found, lesions being the connected parts of a mask.
///
/// A lesion of the reference is detected when the prediction touches it, in one voxel or more. A
/// lesion of the prediction that touches none of the reference is spurious. Lesions under the
/// minimum volume are neither missed nor spurious, and a prediction that touches only such a one is
/// not spurious either.
public struct LesionMatch: Hashable, Sendable {
  /// Lesions of the reference, without those under the minimum.
  public let referenced: Int

  /// Lesions of the prediction, without those under the minimum.
  public let predicted: Int

  /// Lesions of the reference that the prediction touches.
  public let detected: Int

  /// Lesions of the prediction that touch none of the reference.
  public let spurious: Int

  /// The sum over the reference's lesions of each one's Dice.
  private let diceSum: Double

  /// Lesions of the reference that the prediction does not touch.
  public var missed: Int { referenced - detected }

  /// `2 · detected / (2 · detected + missed + spurious)`, in `0...1`; `nil` when there is no lesion.
  public var f1: Double? {
    let total = 2 * detected + missed + spurious
    return total == 0 ? nil : 2 * Double(detected) / Double(total)
  }

  /// The mean Dice of the lesions, a spurious one counting 0; `nil` when there is no lesion.
  ///
  /// A lesion of the reference is compared with all lesions of the prediction that touch it.
  ///
  /// Source: the lesion-wise Dice of the BraTS challenge 2023, without its dilation of the reference.
  public var dice: Double? {
    let total = referenced + spurious
    return total == 0 ? nil : diceSum / Double(total)
  }

  /// No lesions by default.
  init(
    referenced: Int = 0, predicted: Int = 0, detected: Int = 0, spurious: Int = 0,
    diceSum: Double = 0
  ) {
    self.referenced = referenced
    self.predicted = predicted
    self.detected = detected
    self.spurious = spurious
    self.diceSum = diceSum
  }

  /// - Precondition: Both maps have the same size; the spacing is the reference's.
  public init(
    of labels: Set<Int>, prediction: LabelMap, reference: LabelMap, pairs: LabelPairs,
    options: LesionOptions
  ) {
    guard let box = pairs.box(of: labels) else {
      self.init()
      return
    }
    let spacing = reference.geometry.spacing
    let voxel = spacing.x * spacing.y * spacing.z
    let found = ConnectedComponents(
      of: labels, in: prediction, box: box, connectivity: options.connectivity)
    let expected = ConnectedComponents(
      of: labels, in: reference, box: box, connectivity: options.connectivity)
    let common = Self.overlaps(of: expected, with: found)
    let isLarge = { (size: Int) in Double(size) * voxel >= options.minimumVolume }
    let touching = Set(common.values.flatMap(\.keys))
    var (detected, diceSum) = (0, 0.0)
    for (lesion, size) in expected.sizes.enumerated() where isLarge(size) {
      guard let partners = common[lesion] else { continue }
      detected += 1
      let sizes = partners.keys.reduce(size) { $0 + found.sizes[$1] }
      diceSum += 2 * Double(partners.values.reduce(0, +)) / Double(sizes)
    }
    self.init(
      referenced: expected.sizes.count(where: isLarge),
      predicted: found.sizes.count(where: isLarge), detected: detected,
      spurious: found.sizes.indices.count { isLarge(found.sizes[$0]) && !touching.contains($0) },
      diceSum: diceSum)
  }

  /// The number of voxels that each lesion of the reference shares with each of the prediction.
  private static func overlaps(
    of expected: ConnectedComponents, with found: ConnectedComponents
  ) -> [Int: [Int: Int]] {
    var common: [Int: [Int: Int]] = [:]
    for row in 0..<expected.rowStarts.count - 1 {
      var (left, right) = (expected.rowStarts[row], found.rowStarts[row])
      while left < expected.rowStarts[row + 1], right < found.rowStarts[row + 1] {
        let (own, other) = (expected.runs[left], found.runs[right])
        let shared = min(own.end, other.end) - max(own.start, other.start)
        if shared > 0 { common[own.component, default: [:]][other.component, default: 0] += shared }
        if own.end < other.end { left += 1 } else { right += 1 }
      }
    }
    return common
  }
}
