// Weights in the order in which the gather kernel reads them: a transpose, bound by memory, and
// small beside the convolution.

#include "packing.hpp"

#include <algorithm>
#include <cstring>

#include "parallel.hpp"
#include "processor.hpp"

using namespace ckernels;

Scratch ckernels::packed(const ckernels_convolution &convolution, const float *weight,
                         Side computed) {
  const int64_t outputs = convolution.output_channels;
  const int64_t inputs = convolution.input_channels;
  const auto &kernel = convolution.kernel;
  const int64_t taps = kernel[0] * kernel[1] * kernel[2];
  const bool forward = computed == Side::output;
  const int64_t channels = forward ? outputs : inputs, others = forward ? inputs : outputs;
  const int64_t channel_stride = forward ? inputs * taps : taps;
  const int64_t other_stride = forward ? taps : inputs * taps;
  const int64_t other_blocks = blocks(others);
  Scratch result = scratch(blocks(channels) * other_blocks * taps * 64);
  float *target = result.get();
  parallel(blocks(channels) * other_blocks, [=](int64_t chunk) {
    const int64_t first = chunk / other_blocks * 8, other_first = chunk % other_blocks * 8;
    const int64_t lanes = std::min<int64_t>(8, channels - first);
    const int64_t other_lanes = std::min<int64_t>(8, others - other_first);
    float *block = target + chunk * taps * 64;
    if (lanes < 8 || other_lanes < 8) std::memset(block, 0, sizeof(float) * taps * 64);
    // Lanes innermost: numbers come from eight rows in order, and go to one line of the cache.
    for (int64_t other = 0; other < other_lanes; ++other) {
      const float *source = weight + first * channel_stride + (other_first + other) * other_stride;
      float *row = block + other * 8;
      for (int64_t tap = 0; tap < taps; ++tap) {
        for (int64_t lane = 0; lane < lanes; ++lane) {
          row[tap * 64 + lane] = source[lane * channel_stride + tap];
        }
      }
    }
  });
  return result;
}

Scratch ckernels::packed_bias(const float *bias, int64_t channels) {
  if (!bias) return nullptr;
  Scratch result = scratch(blocks(channels) * 8);
  std::fill_n(result.get(), blocks(channels) * 8, 0.0f);
  std::copy_n(bias, channels, result.get());
  return result;
}
