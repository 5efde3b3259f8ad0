/// Linear equations with a symmetric matrix, row by row.
struct SymmetricSystem {
  private let count: Int

  /// The lower triangle of the Cholesky factor; `nil` when the matrix is not positive definite.
  private let factor: [Double]?

  init(_ matrix: [Double], count: Int) {
    precondition(matrix.count == count * count, "\(matrix.count) numbers for \(count) unknowns")
    self.count = count
    var lower = matrix
    for column in 0..<count {
      for row in column..<count {
        let known = (0..<column).reduce(0) {
          $0 + lower[row * count + $1] * lower[column * count + $1]
        }
        let rest = matrix[row * count + column] - known
        if row == column {
          guard rest > 0 else {
            factor = nil
            return
          }
          lower[row * count + row] = rest.squareRoot()
        } else {
          lower[row * count + column] = rest / lower[column * count + column]
        }
      }
    }
    factor = lower
  }

  /// The unknowns; `nil` when the matrix is not positive definite.
  func solution(for right: [Double]) -> [Double]? {
    guard let factor else { return nil }
    var unknowns = right
    for row in 0..<count {
      for column in 0..<row { unknowns[row] -= factor[row * count + column] * unknowns[column] }
      unknowns[row] /= factor[row * count + row]
    }
    for row in (0..<count).reversed() {
      for column in row + 1..<count {
        unknowns[row] -= factor[column * count + row] * unknowns[column]
      }
      unknowns[row] /= factor[row * count + row]
    }
    return unknowns
  }
}
