/// What steps have told of the inverse of a function's second derivative: BFGS.
///
/// Source: J. Nocedal, S. Wright, "Numerical Optimization", 2nd edition, 2006, equations 6.17 and
/// 6.20.
struct QuasiNewton {
  private let count: Int
  private var inverse: [Double] = []

  /// Whether nothing was learned yet.
  var isEmpty: Bool { inverse.isEmpty }

  /// For functions of `count` numbers.
  init(count: Int) {
    self.count = count
  }

  /// The step to the minimum of what is known; along the gradient and as long as is said when that
  /// is nothing.
  func step(against gradient: [Double], firstLength: Double) -> [Double] {
    guard isEmpty else { return product(gradient).map { -$0 } }
    let length = gradient.reduce(0) { $0 + $1 * $1 }.squareRoot()
    return gradient.map { length > 0 ? -$0 * firstLength / length : 0 }
  }

  /// Learns from what a step changed in the gradient; a step along which the gradient falls tells
  /// nothing of a minimum and is passed over.
  mutating func learn(step: [Double], change: [Double]) {
    let curve = zip(step, change).reduce(0) { $0 + $1.0 * $1.1 }
    let size = change.reduce(0) { $0 + $1 * $1 }
    guard curve > 1e-12 * size, size > 0 else { return }
    if isEmpty {
      inverse = (0..<count * count).map { $0 / count == $0 % count ? curve / size : 0 }
    }
    let turned = product(change)
    let factor = 1 + zip(change, turned).reduce(0) { $0 + $1.0 * $1.1 } / curve
    for row in 0..<count {
      for column in 0..<count {
        inverse[row * count + column] +=
          (factor * step[row] * step[column] - turned[row] * step[column]
            - step[row] * turned[column]) / curve
      }
    }
  }

  private func product(_ vector: [Double]) -> [Double] {
    (0..<count).map { row in
      (0..<count).reduce(0) { $0 + inverse[row * count + $1] * vector[$1] }
    }
  }
}
