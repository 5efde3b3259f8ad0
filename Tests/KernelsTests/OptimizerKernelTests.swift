import CKernels
import TestSupport
import Testing

/// Both sets of instructions. What the numbers are is checked in OptimizerTests.
struct OptimizerKernelTests {
  /// A weight after three steps of both rules, and the gradient's norm.
  private func descend() -> (norm: Double, sgd: [Float], adamw: [Float]) {
    let values = wave(20_003, step: 0.7).map { Float($0) }
    let gradient = wave(20_003, step: 0.3).map { Float($0) }
    var norm = 0.0
    func run(_ step: (ckernels_parameters) -> Int32) -> [Float] {
      var (weight, gradient) = (values, gradient)
      var first = [Float](repeating: 0, count: values.count)
      var second = first
      weight.withUnsafeMutableBytes { weight in
        gradient.withUnsafeMutableBytes { gradient in
          first.withUnsafeMutableBytes { first in
            second.withUnsafeMutableBytes { second in
              var parameter = ckernels_parameter(
                weight: weight.baseAddress, gradient: gradient.baseAddress,
                first: first.baseAddress, second: second.baseAddress, count: Int64(values.count))
              withUnsafePointer(to: &parameter) { parameter in
                let parameters = ckernels_parameters(values: parameter, count: 1, is_double: 0)
                #expect(ckernels_gradient_norm(&norm, parameters) == 0)
                for _ in 0..<3 { #expect(step(parameters) == 0) }
              }
            }
          }
        }
      }
      return weight
    }
    let sgd = run {
      ckernels_sgd_step(
        $0, ckernels_sgd(rate: 0.1, scale: 0.5, decay: 0.01, momentum: 0.9, is_nesterov: 1))
    }
    let adamw = run {
      ckernels_adamw_step(
        $0,
        ckernels_adamw(
          rate: 0.1, scale: 0.5, decay: 0.01, mean_share: 0.9, square_share: 0.999,
          mean_correction: 0.1, root_correction: 0.0316, epsilon: 1e-8))
    }
    return (norm, sgd, adamw)
  }

  @Test func withoutAVX2ItIsTheSameButForRounding() {
    let fast = descend()
    ckernels_allow_avx2(0)
    defer { ckernels_allow_avx2(1) }
    let portable = descend()
    expectClose(portable.norm, fast.norm, within: 1e-12 * fast.norm)
    expectClose(portable.sgd, fast.sgd, within: 1e-6)
    // Where the gradient crosses zero, the quotient of the means magnifies the rounding.
    expectClose(portable.adamw, fast.adamw, within: 1e-5)
  }
}
