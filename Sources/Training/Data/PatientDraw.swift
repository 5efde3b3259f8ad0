/// Chooses the cases of a batch such that nobody is drawn again before everybody has been.
struct PatientDraw: Sendable {
  /// One of the cases of a batch.
  struct Choice: Hashable, Sendable {
    /// The case's place among all.
    let place: Int

    /// The number of the patient whom it shows.
    let patient: Int
  }

  /// The places of each patient's cases, in the order in which patients first appear.
  private let patients: [[Int]]

  /// - Parameter names: The patient of each case.
  init(_ names: [String]) {
    var numbers: [String: Int] = [:]
    var patients: [[Int]] = []
    for (place, name) in names.enumerated() {
      if let number = numbers[name] {
        patients[number].append(place)
      } else {
        numbers[name] = patients.count
        patients.append([place])
      }
    }
    self.patients = patients
  }

  /// The fewest patches of a batch that are sure to hold all cases of two patients; 0 where there are no two
  /// patients or none has more than one case.
  var leastBatch: Int {
    let counts = patients.map(\.count).sorted(by: >)
    return counts.count > 1 && counts[0] > 1 ? counts[0] + counts[1] : 0
  }

  /// Whether some patients have several cases: scans that share no space.
  var hasScansApart: Bool { patients.contains { $0.count > 1 } }

  /// The cases of a batch: all of a patient, then all of the next, the last one's as far as there is room.
  func cases(count: Int, using generator: inout some RandomNumberGenerator) -> [Choice] {
    var choices: [Choice] = []
    while choices.count < count {
      for patient in patients.indices.shuffled(using: &generator) {
        choices += patients[patient].map { Choice(place: $0, patient: patient) }
      }
    }
    return Array(choices.prefix(count))
  }
}
