import CKernels
import Foundation
import Testing
import Torch

/// How far `found` is from `wanted`, as a share of the norm of what is wanted.
func relativeError(_ found: Tensor, _ wanted: Tensor) throws -> Double {
  let (left, right) = try (found.doubles(), wanted.doubles())
  guard found.shape == wanted.shape else { return .infinity }
  let distance = zip(left, right).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
  let length = right.reduce(0) { $0 + $1 * $1 }
  return (distance / max(length, .leastNormalMagnitude)).squareRoot()
}

/// Runs `body` with so many threads for the kernels that it calls.
func withThreads<Result>(_ count: Int32, _ body: () throws -> Result) throws -> Result {
  _ = try Tensor.zeros([1]) + 1  // libtorch chooses a number on a thread's first use of it.
  let before = ckernels_threads()
  ckernels_set_threads(count)
  defer { ckernels_set_threads(before) }
  return try body()
}

func zip3<First, Second, Third>(
  _ first: [First], _ second: [Second], _ third: [Third]
) -> [(First, Second, Third)] {
  zip(first, zip(second, third)).map { ($0, $1.0, $1.1) }
}

private let settings = NSLock()

/// Runs `body` while no other test that asks for this runs: which instructions kernels use is set
/// for the whole process, so a test that changes it and one that compares bytes exclude each other.
func exclusively(_ body: () throws -> Void) rethrows {
  try settings.withLock(body)
}

/// Runs `body` with the portable instructions. Only within `exclusively`.
func withoutAVX2<Result>(_ body: () throws -> Result) rethrows -> Result {
  ckernels_allow_avx2(0)
  defer { ckernels_allow_avx2(1) }
  return try body()
}

/// Runs `body` with AVX2 at most. Only within `exclusively`.
func withoutAVX512<Result>(_ body: () throws -> Result) rethrows -> Result {
  ckernels_allow_avx512(0)
  defer { ckernels_allow_avx512(1) }
  return try body()
}
