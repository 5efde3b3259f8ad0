/// Finds what somebody probably meant to type.
enum Suggestion {
  /// " Did you mean X?" with the nearest known word, or nothing when none is near.
  static func sentence(for word: String, among known: [String]) -> String {
    nearest(to: word, among: known).map { " Did you mean \($0)?" } ?? ""
  }

  /// The known word that takes the fewest edits to reach, if that is at most a third of its letters
  /// or the word is its beginning.
  static func nearest(to word: String, among known: [String]) -> String? {
    let bare = letters(of: word)
    guard !bare.isEmpty else { return nil }
    let ranked = known.map { candidate in
      let name = letters(of: candidate)
      return (candidate, name.hasPrefix(bare) ? 0 : distance(bare, name), max(1, name.count / 3))
    }
    let best = ranked.min { $0.1 < $1.1 }
    return best.flatMap { $0.1 <= $0.2 && $0.1 < bare.count ? $0.0 : nil }
  }

  private static func letters(of word: String) -> String {
    String(word.drop { $0 == "-" }).lowercased()
  }

  /// The number of insertions, deletions, substitutions and swaps of neighbours between two words.
  ///
  /// Source: F. Damerau, "A Technique for Computer Detection and Correction of Spelling Errors",
  /// CACM 7(3), 1964 (restricted to one edit per letter).
  static func distance(_ first: String, _ second: String) -> Int {
    let (first, second) = (Array(first), Array(second))
    var table = [[Int]](
      repeating: Array(0...second.count), count: first.count + 1)
    for row in 0..<table.count { table[row][0] = row }
    for (row, letter) in first.enumerated() {
      for (column, other) in second.enumerated() {
        var edits = min(
          table[row][column] + (letter == other ? 0 : 1),
          table[row][column + 1] + 1, table[row + 1][column] + 1)
        if row > 0, column > 0, letter == second[column - 1], first[row - 1] == other {
          edits = min(edits, table[row - 1][column - 1] + 1)
        }
        table[row + 1][column + 1] = edits
      }
    }
    return table[first.count][second.count]
  }
}
