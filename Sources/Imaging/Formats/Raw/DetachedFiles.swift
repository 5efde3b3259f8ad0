import Foundation

/// The files that a header names for its voxels.
///
/// They lie in the header's folder or below it. A name that leads anywhere else is refused: whoever
/// hands over a scan does not choose what else is read.
struct DetachedFiles {
  /// The most files that a scan may be in: far more than any scan has slices.
  static let most = 1 << 16

  let headerPath: String

  /// The path of the file that the header calls `name`.
  ///
  /// - Throws: ``ImagingError/unsupported(path:found:advice:)``.
  func path(of name: String) throws(ImagingError) -> String {
    let steps = name.split(separator: "/", omittingEmptySubsequences: false)
    guard !name.isEmpty, !steps.contains(".."), !steps.contains(""), !name.contains("\\"),
      !name.contains("\0")
    else {
      throw .unsupported(
        path: headerPath, found: "the name '\(name)' of a data file that is not in its folder",
        advice: "Put the data file beside the header and name it without a path.")
    }
    let folder = URL(fileURLWithPath: headerPath).deletingLastPathComponent().relativePath
    return folder + "/" + name
  }

  /// The paths that a pattern such as `slice%03d.raw` and a range of numbers stand for.
  ///
  /// - Parameters:
  ///   - words: The pattern, the first number, the last, and the step.
  ///   - most: How many files there can be.
  /// - Throws: ``ImagingError/unsupported(path:found:advice:)``.
  func paths(ofPattern words: [String], most: Int) throws(ImagingError) -> [String] {
    let numbers = words.dropFirst().compactMap(Int.init)
    let pieces = words.first.flatMap(Self.pieces)
    guard let pieces, (2...3).contains(numbers.count), numbers.count == words.count - 1 else {
      throw unsupported(words, "a name like slice%03d.raw with a first and a last number")
    }
    let step = numbers.count > 2 ? numbers[2] : numbers[1] < numbers[0] ? -1 : 1
    let span = numbers[1].subtractingReportingOverflow(numbers[0])
    let most = min(most, Self.most)
    guard step != 0, step != .min, !span.overflow, span.partialValue != .min,
      span.partialValue / step >= 0, span.partialValue / step < most
    else { throw unsupported(words, "numbers for at most \(most) files") }
    var paths: [String] = []
    for index in 0...span.partialValue / step {
      let number = numbers[0] + index * step
      let digits = String(number.magnitude)
      let sign = number < 0 ? "-" : ""
      let zeros = String(repeating: "0", count: max(0, pieces.width - digits.count - sign.count))
      paths.append(try path(of: pieces.before + sign + zeros + digits + pieces.after))
    }
    return paths
  }

  /// What is around the number in a pattern, and how many digits it has at least.
  private static func pieces(
    of pattern: String
  ) -> (before: String, width: Int, after: String)? {
    let parts = pattern.split(separator: "%", omittingEmptySubsequences: false)
    guard parts.count == 2, let end = parts[1].firstIndex(of: "d") else { return nil }
    let digits = parts[1][..<end]
    guard digits.allSatisfy(\.isNumber), let width = digits.isEmpty ? 0 : Int(digits), width < 20
    else { return nil }
    return (String(parts[0]), width, String(parts[1][parts[1].index(after: end)...]))
  }

  private func unsupported(_ words: [String], _ expected: String) -> ImagingError {
    .unsupported(
      path: headerPath, found: "the list of data files '\(words.joined(separator: " "))'",
      advice: "Expected is \(expected).")
  }
}
