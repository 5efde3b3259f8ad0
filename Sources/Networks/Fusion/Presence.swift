/// Which images of a batch have which modality.
public struct Presence: Hashable, Sendable {
  /// Per modality, whether each image of the batch has it.
  public let isPresent: [[Bool]]

  /// - Precondition: Every modality says it for the same number of images.
  public init(_ isPresent: [[Bool]]) {
    let counts = isPresent.map(\.count)
    precondition(Set(counts).count <= 1, "presence for \(counts) images")
    self.isPresent = isPresent
  }

  /// Every image has every modality.
  public static func complete(modalities: Int, images: Int) -> Presence {
    Presence(Array(repeating: Array(repeating: true, count: images), count: modalities))
  }

  /// All images have the same modalities.
  ///
  /// - Parameter isPresent: Per modality, whether they have it.
  public static func uniform(_ isPresent: [Bool], images: Int) -> Presence {
    Presence(isPresent.map { Array(repeating: $0, count: images) })
  }

  /// The number of images.
  public var images: Int { isPresent.first?.count ?? 0 }
}
