/// A pattern in which `*` stands for any text and `?` for any one character; case does not count.
struct WildcardPattern: Hashable {
  private let pattern: [Character]

  init(_ text: String) {
    pattern = Array(text.lowercased())
  }

  /// Whether all of `text` fits.
  func matches(_ text: String) -> Bool {
    let text = Array(text.lowercased())
    var (place, star, mark, index) = (0, -1, 0, 0)
    while index < text.count {
      if place < pattern.count, pattern[place] == "*" {
        (star, mark) = (place, index)
        place += 1
      } else if place < pattern.count, pattern[place] == "?" || pattern[place] == text[index] {
        place += 1
        index += 1
      } else if star >= 0 {
        // The last star takes one more character.
        place = star + 1
        mark += 1
        index = mark
      } else {
        return false
      }
    }
    return pattern[place...].allSatisfy { $0 == "*" }
  }
}
