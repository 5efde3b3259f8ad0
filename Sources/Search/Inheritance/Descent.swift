/// Who is whose child in a strategy that breeds, by the numbers of the trials.
public struct Descent: Hashable, Sendable {
  /// The trial that the last proposal descends from; `nil` for one drawn at random.
  public let parent: Int?

  /// The trials that may still become parents.
  public let living: Set<Int>

  public init(parent: Int?, living: Set<Int>) {
    self.parent = parent
    self.living = living
  }
}
