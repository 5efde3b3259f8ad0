public import Imaging

/// One case on the working grid: every modality normalised, the labels as classes.
public struct PreprocessedCase: Sendable {
  /// The case's name in the dataset.
  public let name: String

  /// Whom it shows: the name, unless the case is one of several scans that share no space.
  public let patient: String

  /// The working grid; x runs fastest, so the arrays below are `[depth, height, width]`.
  public let geometry: Geometry

  /// One image per modality of the plan, in the plan's order; `nil` where the modality is missing.
  public let images: [[Float]?]

  /// The class of each voxel, 0 for background; `nil` when the case has no labels.
  public let classes: [UInt8]?

  /// Per class, from class 1 on, some of its voxels, evenly spread: where patches are centred.
  public let foreground: [[Int32]]

  /// The same case without some of its modalities.
  ///
  /// - Parameter wanted: For each modality of the plan, whether it stays.
  public func keeping(_ wanted: [Bool]) -> PreprocessedCase {
    PreprocessedCase(self, images: zip(images, wanted).map { $1 ? $0 : nil })
  }

  /// The same case with other classes, one per voxel.
  func labelled(by classes: [UInt8], classCount: Int) -> PreprocessedCase {
    PreprocessedCase(
      name: name, patient: patient, geometry: geometry, images: images, classes: classes,
      classCount: classCount)
  }

  private init(_ other: PreprocessedCase, images: [[Float]?]) {
    name = other.name
    patient = other.patient
    geometry = other.geometry
    classes = other.classes
    foreground = other.foreground
    self.images = images
  }

  /// - Parameter patient: Whom the case shows; `nil`: the patient `name`.
  public init(
    name: String, patient: String? = nil, geometry: Geometry, images: [[Float]?],
    classes: [UInt8]?, classCount: Int
  ) {
    self.name = name
    self.patient = patient ?? name
    self.geometry = geometry
    self.images = images
    self.classes = classes
    foreground = classes.map { Self.foregroundVoxels(of: $0, classCount: classCount) } ?? []
  }

  /// The modalities that are missing, as positions in the plan.
  public var missing: [Int] {
    images.indices.filter { images[$0] == nil }
  }

  /// At most 10 000 voxels of each class, as nnU-Net keeps.
  private static func foregroundVoxels(of classes: [UInt8], classCount: Int) -> [[Int32]] {
    var voxels = [[Int32]](repeating: [], count: max(0, classCount - 1))
    for (index, value) in classes.enumerated() where value > 0 && Int(value) < classCount {
      voxels[Int(value) - 1].append(Int32(index))
    }
    return voxels.map { all in
      guard all.count > 10_000 else { return all }
      return (0..<10_000).map { all[$0 * all.count / 10_000] }
    }
  }
}
