internal import Imaging

/// A transform and how good it is.
struct Candidate {
  let transform: AffineMap
  let evaluation: Evaluation
}

/// Downhill from a transform to the nearest minimum, in the parameters of a model.
///
/// Steps are Gauss-Newton where the objective has a curvature, and else quasi-Newton; each is halved
/// until the cost falls enough.
///
/// Source: J. Nocedal, S. Wright, "Numerical Optimization", 2nd edition, 2006: algorithms 3.1
/// (backtracking), 6.1 (BFGS) and section 10.3 (Gauss-Newton, Levenberg-Marquardt).
struct Descent {
  let objective: any Objective
  let model: TransformModel

  /// What a transform may be like.
  let limits: MovementLimits

  /// The shortest and the longest step, in millimetres at the fixed scan's rim.
  let steps: ClosedRange<Double>

  /// The most steps.
  let limit: Int

  /// The minimum below `start`; `nil` where the two scans have too little in common.
  func minimum(from start: AffineMap) -> Candidate? {
    guard var best = candidate(start) else { return nil }
    var memory = QuasiNewton(count: model.parameterCount)
    for _ in 0..<limit {
      let gradient = along(best.evaluation.slope)
      let direction = direction(of: best.evaluation, gradient, memory)
      guard let (next, step) = search(from: best, along: direction, gradient: gradient) else {
        // What was learned elsewhere may mislead here: once more without it.
        guard best.evaluation.curvature == nil, !memory.isEmpty else { return best }
        memory = QuasiNewton(count: model.parameterCount)
        continue
      }
      memory.learn(step: step, change: zip(along(next.evaluation.slope), gradient).map { $0 - $1 })
      best = next
      if Self.length(step) < steps.lowerBound { return best }
    }
    return best
  }

  private func candidate(_ transform: AffineMap) -> Candidate? {
    guard limits.allow(transform),
      let evaluation = objective.evaluate(at: transform, withSlope: true), limits.allow(evaluation)
    else { return nil }
    return Candidate(transform: transform, evaluation: evaluation)
  }

  /// The derivative with respect to the parameters.
  private func along(_ slope: [Double]) -> [Double] {
    model.directions.map { direction in zip(direction, slope).reduce(0) { $0 + $1.0 * $1.1 } }
  }

  /// The step to try, at most the longest.
  private func direction(
    of evaluation: Evaluation, _ gradient: [Double], _ memory: QuasiNewton
  ) -> [Double] {
    var step: [Double]
    if let curvature = evaluation.curvature {
      step = gaussNewton(curvature, gradient)
    } else {
      step = memory.step(against: gradient, firstLength: steps.upperBound / 2)
    }
    let length = Self.length(step)
    if length > steps.upperBound { step = step.map { $0 * steps.upperBound / length } }
    return step
  }

  private func gaussNewton(_ curvature: [Double], _ gradient: [Double]) -> [Double] {
    let directions = model.directions
    let count = directions.count
    var matrix = [Double](repeating: 0, count: count * count)
    for row in 0..<count {
      // Only the numbers that a direction has are multiplied.
      for one in 0..<12 where directions[row][one] != 0 {
        for column in 0..<count {
          for other in 0..<12 where directions[column][other] != 0 {
            matrix[row * count + column] +=
              directions[row][one] * directions[column][other] * curvature[12 * one + other]
          }
        }
      }
    }
    let mean = (0..<count).reduce(0) { $0 + matrix[$1 * count + $1] } / Double(count)
    for index in 0..<count { matrix[index * count + index] += 1e-3 * mean + .leastNormalMagnitude }
    return SymmetricSystem(matrix, count: count).solution(for: gradient.map { -$0 })
      ?? gradient.map { -$0 }
  }

  /// The first of the step and its halves that lessens the cost enough.
  private func search(
    from start: Candidate, along direction: [Double], gradient: [Double]
  ) -> (Candidate, [Double])? {
    let fall = zip(direction, gradient).reduce(0) { $0 + $1.0 * $1.1 }
    guard fall < 0 else { return nil }
    var part = 1.0
    while part * Self.length(direction) > steps.lowerBound / 4 {
      let step = direction.map { $0 * part }
      let moved = model.movement(step, in: objective.frame).followed(by: start.transform)
      if let next = candidate(moved),
        next.evaluation.cost < start.evaluation.cost + 1e-4 * part * fall
      {
        return (next, step)
      }
      part /= 2
    }
    return nil
  }

  private static func length(_ step: [Double]) -> Double {
    step.reduce(0) { $0 + $1 * $1 }.squareRoot()
  }
}
