// The weights of a gather, transformed along depth and height.

#include "../parallel.hpp"
#include "convolution_steps.hpp"

namespace ckernels::winograd {

void transform_weights(const Gather &gather, float *target) noexcept {
  const GatherAxis &depth = gather.axes[0], &height = gather.axes[1];
  const int64_t in_blocks = blocks(gather.in_channels);
  const int64_t line = gather.axes[2].kernel * 64;  // one line of one pair of blocks
  parallel(gather.out_blocks * in_blocks, [&](int64_t pair) {
    const float *source = gather.weight + pair * taps * taps * line;
    float *first = target + (pair / in_blocks * lines * in_blocks + pair % in_blocks) * line;
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
          store(first + (row * products + column) * in_blocks * line + index, result[column]);
        }
      }
    }
  });
}

}  // namespace ckernels::winograd
