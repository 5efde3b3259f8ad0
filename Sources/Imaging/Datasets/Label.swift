/// A structure to segment: its name, and the number its voxels have in a label file.
///
/// Background is always 0 and is never listed.
public struct Label: Hashable, Sendable, Codable {
  /// The name that tables use, such as `tumour`.
  public let name: String

  /// The number in the file, 1 to 65535; the numbers of a dataset need not be consecutive.
  public let value: Int

  /// A structure called `name` whose voxels have `value`.
  public init(name: String, value: Int) {
    self.name = name
    self.value = value
  }
}
