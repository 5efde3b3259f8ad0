// Sums of a weight gradient, added up and written in the weights' own order.

#pragma once

#include <algorithm>
#include <cstdint>

#include "../include/CKernelsWeightGradient.h"

namespace ckernels {

/// Adds the sums of the slices after the first, in their order, to the first's.
inline void add_slices(float *sums, int64_t count, int64_t slices, int64_t distance) {
  for (int64_t slice = 1; slice < slices; ++slice) {
    const float *others = sums + slice * distance;
    for (int64_t index = 0; index < count; ++index) sums[index] += others[index];
  }
}

/// Writes the sums [inputs of a block, taps, 8 outputs] of a pair of blocks into `weights`.
inline void write_weights(const ckernels_convolution &convolution, int64_t inputs_of_block,
                          int64_t out_block, int64_t in_block, const float *sums, float *weights) {
  const int64_t taps = convolution.kernel[0] * convolution.kernel[1] * convolution.kernel[2];
  const int64_t channels = convolution.input_channels, first_in = in_block * 8;
  const int64_t inputs = std::min(inputs_of_block, channels - first_in);
  const int64_t outputs = std::min<int64_t>(8, convolution.output_channels - out_block * 8);
  for (int64_t lane = 0; lane < outputs; ++lane) {
    float *target = weights + ((out_block * 8 + lane) * channels + first_in) * taps;
    for (int64_t index = 0; index < inputs * taps; ++index) target[index] = sums[index * 8 + lane];
  }
}

}  // namespace ckernels
