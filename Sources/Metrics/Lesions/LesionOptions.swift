/// What counts as a lesion of its own.
public struct LesionOptions: Hashable, Sendable {
  /// Which voxels belong together.
  public var connectivity: Connectivity

  /// The volume in mm³ below which a lesion is neither demanded nor held against the prediction.
  public var minimumVolume: Double

  public init(connectivity: Connectivity = .corners, minimumVolume: Double = 0) {
    self.connectivity = connectivity
    self.minimumVolume = minimumVolume
  }
}
