internal import Imaging

/// Coarse movements about the initial placement, the best of which are worth descending from.
struct StartSearch {
  let objective: any Objective
  let limits: MovementLimits

  /// The lengths of the smaller scan, in millimetres along x, y and z: how far is far.
  let reach: SIMD3<Double>

  /// Steps of a translation along an axis, as parts of ``reach``.
  private static let shifts = [0, -0.125, 0.125, -0.25, 0.25]

  /// Angles about one of the axes, in radians: 15 degrees.
  private static let angles = [-0.2618, 0.2618]

  /// The `count` best starts that lie well apart, the best first.
  ///
  /// Translations are tried first, and rotations of the best of them.
  func best(_ count: Int, around placement: AffineMap) -> [AffineMap] {
    let shifted = Self.shifts.flatMap { z in
      Self.shifts.flatMap { y in
        Self.shifts.compactMap { x in
          candidate(placement, shift: SIMD3(x, y, z) * reach, turn: .zero)
        }
      }
    }
    let turns: [SIMD3<Double>] = Self.angles.flatMap { [[$0, 0, 0], [0, $0, 0], [0, 0, $0]] }
    let turned = Self.ranked(shifted).prefix(2 * count).flatMap { start in
      turns.compactMap { candidate(start.transform, shift: .zero, turn: $0) }
    }
    return distinct(Self.ranked(shifted + turned), count)
  }

  private func candidate(
    _ start: AffineMap, shift: SIMD3<Double>, turn: SIMD3<Double>
  ) -> Candidate? {
    let turn = turn * objective.frame.radius
    let movement = TransformModel.rigid.movement(
      [shift.x, shift.y, shift.z, turn.x, turn.y, turn.z], in: objective.frame)
    let transform = movement.followed(by: start)
    guard limits.allow(transform),
      let evaluation = objective.evaluate(at: transform, withSlope: false), limits.allow(evaluation)
    else { return nil }
    return Candidate(transform: transform, evaluation: evaluation)
  }

  /// By cost; of equals the earlier first.
  static func ranked(_ candidates: [Candidate]) -> [Candidate] {
    candidates.enumerated()
      .sorted { ($0.element.evaluation.cost, $0.offset) < ($1.element.evaluation.cost, $1.offset) }
      .map(\.element)
  }

  private func distinct(_ candidates: [Candidate], _ count: Int) -> [AffineMap] {
    var chosen: [AffineMap] = []
    for candidate in candidates where chosen.count < count {
      let isNew = chosen.allSatisfy {
        $0.distance(to: candidate.transform, in: objective.frame) > 0.1 * reach.min()
      }
      if isNew { chosen.append(candidate.transform) }
    }
    return chosen
  }
}

extension AffineMap {
  /// How far two maps move the frame's middle and the ends of its axes apart at most, in millimetres.
  func distance(to other: AffineMap, in frame: Frame) -> Double {
    let places: [SIMD3<Double>] = [.zero, [1, 0, 0], [0, 1, 0], [0, 0, 1]]
    return places.map { place in (self(frame.map(place)) - other(frame.map(place))).length }
      .max() ?? 0
  }
}
