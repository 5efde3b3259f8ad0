import CKernels
import Testing

/// All tests of kernels, one after the other: threads and instructions are set for the process.
@Suite(.serialized) enum KernelTests {}

/// Runs `kernel` with one thread, with two, without AVX-512 and without AVX2, and hands back what it
/// made.
///
/// Records a failure unless one and two threads make the same bytes, and the lesser instructions the
/// same numbers within `tolerance` of their norm.
func everyWay(
  within tolerance: Double = 1e-5, sourceLocation: SourceLocation = #_sourceLocation,
  _ kernel: () -> [[Float]]
) -> [[Float]] {
  let threads = ckernels_threads()
  defer {
    ckernels_allow_avx2(1)
    ckernels_allow_avx512(1)
    ckernels_set_threads(threads)
  }
  ckernels_set_threads(1)
  let alone = kernel()
  ckernels_allow_avx512(0)
  let narrower = kernel()
  ckernels_allow_avx512(1)
  ckernels_allow_avx2(0)
  let portable = kernel()
  ckernels_allow_avx2(1)
  ckernels_set_threads(2)
  let shared = kernel()
  #expect(
    alone.map { $0.map(\.bitPattern) } == shared.map { $0.map(\.bitPattern) },
    "1 and 2 threads differ", sourceLocation: sourceLocation)
  for lesser in [narrower, portable] {
    for (one, other) in zip(alone, lesser) {
      expectNear(other, one.map(Double.init), within: tolerance, sourceLocation: sourceLocation)
    }
  }
  return shared
}

/// Records a failure where the distance of `found` from `expected` exceeds `tolerance` times the
/// norm of `expected`.
func expectNear(
  _ found: [Float], _ expected: [Double], within tolerance: Double = 1e-5,
  _ comment: Comment? = nil, sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect(found.count == expected.count, comment, sourceLocation: sourceLocation)
  var distance = 0.0
  var length = 0.0
  for (number, wanted) in zip(found, expected) {
    distance += (Double(number) - wanted) * (Double(number) - wanted)
    length += wanted * wanted
  }
  // Below a rounding of 1 there is nothing to be relative to: an exact zero, for example.
  let limit = tolerance * length.squareRoot() + 1e-7
  let error = distance.squareRoot()
  #expect(error <= limit, comment, sourceLocation: sourceLocation)
}
