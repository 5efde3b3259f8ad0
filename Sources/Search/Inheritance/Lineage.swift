/// Which trial an estimate is for, and whose weights it may begin with.
public struct Lineage: Codable, Hashable, Sendable {
  public let trial: Int

  /// `nil`: its training begins with weights of its own.
  public let parent: Int?

  public init(trial: Int, parent: Int?) {
    self.trial = trial
    self.parent = parent
  }

  /// The trials whose trainings stand behind the weights of one of them, the oldest first and itself last.
  public static func ancestry<Candidate>(
    of trial: Trial<Candidate>, in trials: [Trial<Candidate>]
  ) -> [Trial<Candidate>] {
    let byNumber = Dictionary(trials.map { ($0.number, $0) }) { first, _ in first }
    var line = [trial]
    // A parent comes before its child, so this ends.
    while let number = line[0].parent, number < line[0].number, let parent = byNumber[number] {
      line.insert(parent, at: 0)
    }
    return line
  }
}
