/// What is held now, and the most that ever was.
struct FeatureTally {
  private var held = 0.0
  private(set) var peak = 0.0

  mutating func hold(_ floats: Double) {
    held += floats
    peak = max(peak, held)
  }

  mutating func release(_ floats: Double) { held -= floats }

  /// Held for a moment only.
  mutating func touch(_ floats: Double) {
    hold(floats)
    release(floats)
  }

  /// Blocks in a row: the one before, the convolution's output, the normalised one.
  mutating func stage(blocks: Int, floats: Double) {
    touch((blocks > 1 ? 3 : 2) * floats)
    hold(floats)
  }

  /// The images of the modalities; with more than one, side by side too, and in blocks.
  mutating func holdImages(_ count: Int, voxels: Double) {
    hold(Double(count) * voxels)
    hold(((count > 1 ? Double(count) : 0) + FeatureMemory.blocked(count)) * voxels)
  }

  /// The scores in blocks and in order.
  mutating func touchLogits(classes: Int, voxels: Double) {
    touch((FeatureMemory.blocked(classes) + Double(classes)) * voxels)
  }
}
