// The gradient of a 3-D convolution's weights.
//
// Arithmetic intensity: 2 · C · K · taps operations for the 4 · (C + K) bytes of a voxel: 108 a byte
// for 16 → 16 channels and 3³ taps, 4 for 1³. So 3³ is bound by the multipliers and 1³ of few
// channels by bandwidth.
//
// Measured on two cores of an EPYC (Zen 5) with AVX2 code, best of five, in GFLOP/s: 16 → 16 at
// 64³ × 2 212, 32 → 32 at 32³ 233, 64 → 64 at 16³ 247, 320 → 320 at 8³ 252 and at 4³ 221; stride 2,
// 16 → 32 at 64³ 166; dilation 2 231; plain input, 3 → 16 at 64³ 192; 1³, 16 → 16 at 64³ 93, which
// is 23 GB/s.

#include "../include/CKernelsWeightGradient.h"

#include <atomic>
#include <new>

#include "../guard.hpp"
#include "../parallel.hpp"
#include "../winograd/weight_gradient.hpp"
#include "results.hpp"
#include "unit.hpp"

namespace ckernels {
namespace {

int weight_gradient(const ckernels_convolution *convolution, float *weights, float *bias,
                    const float *input, const float *gradient, bool plain) {
  return guarded([&] {
    require(weights && input && gradient && convolution, "a weight gradient needs its tensors");
    check(*convolution);
    if (!plain && winograd::pays(*convolution)) {
      winograd::weight_gradient(*convolution, weights, bias, input, gradient);
      return;
    }
    const Plan plan(*convolution, plain);
    Results results(plan, weights, bias);
    std::atomic<bool> complete{true};
    parallel(plan.units(), [&](int64_t number) {
      Unit unit(plan, number, input, gradient);
      if (!unit.ready()) {
        complete = false;
        return;
      }
      unit.run();
      results.take(unit);
    });
    if (!complete) throw std::bad_alloc();
    parallel(plan.output_blocks, [&](int64_t block) { results.finish(block); });
  });
}

}  // namespace
}  // namespace ckernels

int ckernels_weight_gradient(const ckernels_convolution *convolution, float *weight_gradient,
                             float *bias_gradient, const float *input,
                             const float *output_gradient) {
  return ckernels::weight_gradient(convolution, weight_gradient, bias_gradient, input,
                                   output_gradient, false);
}

int ckernels_weight_gradient_plain(const ckernels_convolution *convolution,
                                   float *weight_gradient, float *bias_gradient,
                                   const float *input, const float *output_gradient) {
  return ckernels::weight_gradient(convolution, weight_gradient, bias_gradient, input,
                                   output_gradient, true);
}
