// The leaky ReLU that candidates of a mixture share in front of them, and its way back.

#include "../guard.hpp"
#include "../include/CKernelsMixture.h"
#include "../norm/stretches.hpp"
#include "mixture_stretch.hpp"

using namespace ckernels;

int ckernels_gated_sum(float *input_gradient, const float *input, float slope,
                       const float *const *gradients, int64_t gated, int64_t count,
                       int64_t length) {
  return guarded([&] {
    require(length >= 0 && length % 8 == 0 && gated >= 0 && gated <= count && count <= most_images,
            "a sum of gradients needs whole blocks, and at most 32 of them");
    const Stretches stretches{1, length / 8};
    const MixtureStretch &kernel = mixture_stretch();
    stretches.for_all([&](int64_t, int64_t stretch) {
      const int64_t start = stretch * Stretches::length * 8;
      const float *parts[most_images];
      for (int64_t index = 0; index < count; ++index) parts[index] = gradients[index] + start;
      kernel.gated_sum(input_gradient + start, input + start, slope, parts, gated, count,
                       stretches.count(stretch));
    });
  });
}

int ckernels_leaky(float *output, const float *input, float slope, int64_t length) {
  return guarded([&] {
    require(length >= 0 && length % 8 == 0, "an activation needs whole blocks");
    const Stretches stretches{1, length / 8};
    const MixtureStretch &kernel = mixture_stretch();
    stretches.for_all([&](int64_t, int64_t stretch) {
      const int64_t start = stretch * Stretches::length * 8;
      kernel.leaky(output + start, input + start, slope, stretches.count(stretch));
    });
  });
}
