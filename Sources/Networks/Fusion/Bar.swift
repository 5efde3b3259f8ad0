/// What keeps something from being chosen by a softmax.
enum Bar {
  /// Added to a score: the share is then exactly 0 as long as anything else may be chosen, and no number
  /// becomes infinite.
  static let score = -1e9
}
