import Foundation

/// Where a file is, or would be, whatever the links on the way to it.
struct FilePlace: Hashable {
  private let path: String

  /// The place of a name: of a link it is the link's own, which a result would replace.
  init(of path: String) {
    let file = URL(fileURLWithPath: path)
    let folder = file.deletingLastPathComponent().resolvingSymlinksInPath()
    self.path = folder.appendingPathComponent(file.lastPathComponent).path
  }

  /// The place of what a name leads to: of a link that of the file behind it.
  init(behind path: String) {
    self.path = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
  }

  /// Refuses a result that would take the place of a file that it is made of.
  ///
  /// - Parameter option: What names the result, as `--output`.
  static func refuse(
    _ output: String, of option: String, replacing inputs: [String]
  ) throws(UsageError) {
    let place = FilePlace(of: output)
    guard let input = inputs.first(where: { [Self(of: $0), Self(behind: $0)].contains(place) })
    else { return }
    throw UsageError(
      "\(option) \(output): the result would replace \(input), which it is made of. Choose another "
        + "name.")
  }
}
