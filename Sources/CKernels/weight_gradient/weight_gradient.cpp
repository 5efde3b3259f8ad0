// The gradient of a 3-D convolution's weights.
//
// Arithmetic intensity: MEASURE

#include "../include/CKernelsWeightGradient.h"

#include <atomic>
#include <new>

#include "../guard.hpp"
#include "../parallel.hpp"
#include "results.hpp"
#include "unit.hpp"

namespace ckernels {
namespace {

int weight_gradient(const ckernels_convolution *convolution, float *weights, float *bias,
                    const float *input, const float *gradient, bool plain) {
  return guarded([&] {
    require(weights && input && gradient && convolution, "a weight gradient needs its tensors");
    check(*convolution);
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
