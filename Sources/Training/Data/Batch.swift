public import Networks

/// Some patches with their classes, as plain numbers that may cross threads.
public struct Batch: Sendable, Equatable {
  /// The number of patches.
  public let count: Int

  /// A patch's depth, height and width.
  public let shape: [Int]

  /// Per modality the patches one after the other: `[count, 1, depth, height, width]`.
  public let images: [[Float]]

  /// The class of every voxel: `[count, depth, height, width]`.
  public let classes: [UInt8]

  /// Per modality, whether each patch shows it; where it does not, its image is zero.
  public let presence: Presence

  /// Whom each patch shows, by a number per patient, where the scans of a patient share no space and so
  /// are patches of their own; `nil` where a patch is all that the batch has of a patient.
  public var patients: [Int]?

  /// - Parameter presence: `nil` when every patch shows every modality.
  public init(
    count: Int, shape: [Int], images: [[Float]], classes: [UInt8], presence: Presence? = nil
  ) {
    self.presence = presence ?? .complete(modalities: images.count, images: count)
    self.count = count
    self.shape = shape
    self.images = images
    self.classes = classes
  }
}
