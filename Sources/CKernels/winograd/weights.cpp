// The weights of a gather, transformed along depth and height.

#include "../parallel.hpp"
#include "convolution_steps.hpp"

namespace ckernels::winograd {
namespace {

/// Transforms the weights of one pair of blocks.
CKERNELS_INLINE void transform_pair(const Gather &gather, int64_t pair, float *target) {
  const GatherAxis &depth = gather.axes[0], &height = gather.axes[1];
  const int64_t in_blocks = blocks(gather.in_channels);
  const int64_t line = gather.axes[2].kernel * 64;  // one line of one pair of blocks
  const int64_t distance = weight_pitch(gather);
  const float *source = gather.weight + pair * taps * taps * line;
  float *first = target + pair / in_blocks * lines * distance + pair % in_blocks * line;
  for (int64_t index = 0; index < line; index += 8) {
    float8 halfway[products * taps], result[products];
    for (int column = 0; column < taps; ++column) {
      float8 weights[taps];
      const int64_t place = height.taps[column].kernel;
      for (const GatherAxis::Tap &tap : depth.taps) {
        load(weights[tap.offset + 1], source + (tap.kernel * taps + place) * line + index);
      }
      transform_weights(halfway + (height.taps[column].offset + 1), taps, weights);
    }
    for (int row = 0; row < products; ++row) {
      float8 weights[taps];
      for (int column = 0; column < taps; ++column) weights[column] = halfway[row * taps + column];
      transform_weights(result, 1, weights);
      for (int column = 0; column < products; ++column) {
        store(first + (row * products + column) * distance + index, result[column]);
      }
    }
  }
}

CKERNELS_AVX2 void pair_avx2(const Gather &gather, int64_t pair, float *target) {
  transform_pair(gather, pair, target);
}

void pair_portable(const Gather &gather, int64_t pair, float *target) {
  transform_pair(gather, pair, target);
}

}  // namespace

void transform_weights(const Gather &gather, float *target, Instructions instructions) noexcept {
  const auto transform = instructions == Instructions::portable ? pair_portable : pair_avx2;
  parallel(gather.out_blocks * blocks(gather.in_channels),
           [&](int64_t pair) { transform(gather, pair, target); });
}

}  // namespace ckernels::winograd
