/// One scan as it was read: its voxels, and what the file said besides.
public struct Scan: Sendable {
  /// The voxels, in the file's own units and on its own grid.
  public let volume: Volume<Float>

  /// The header of a NIfTI file, which a mask on the same grid can be written like.
  public let header: NIfTIHeader?

  /// Creates a scan.
  public init(volume: Volume<Float>, header: NIfTIHeader? = nil) {
    self.volume = volume
    self.header = header
  }
}
