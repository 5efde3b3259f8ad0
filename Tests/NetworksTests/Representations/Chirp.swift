import Foundation
import Torch

/// The numbers of `chirp` in Tests/Reference/representation_values.py.
func chirp(_ count: Int, step: Double) -> [Double] {
  (0..<count).map { sin(Double($0) * step + Double($0 * $0) * 0.013) }
}

/// The two batches of that script.
func chirpedPair(rows: Int, columns: Int) throws -> (first: Tensor, second: Tensor) {
  let first = chirp(rows * columns, step: 0.37)
  let second = zip(chirp(rows * columns, step: 0.61), first).map { $0 + 0.5 * $1 }
  return (
    try Tensor(first, shape: [rows, columns]), try Tensor(second, shape: [rows, columns])
  )
}
