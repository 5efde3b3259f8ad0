// Depthwise convolution: forward, and both gradients.
//
// Arithmetic intensity: 54 operations for the 8 bytes of a number with 27 taps, so it is bound by
// the first cache's loads, one for each multiply-add: 68 GFLOP/s on two cores of a Zen 5.

#include "depthwise.hpp"

#include <atomic>
#include <new>

#include "../memory.hpp"
#include "../parallel.hpp"

namespace ckernels {
namespace {

void check_window(const ckernels_images *images, int64_t edge, int64_t dilation) {
  check(images);
  require(edge > 0 && edge % 2 == 1 && dilation > 0 &&
              edge / 2 * dilation <= CKERNELS_FURTHEST_REACH,
          "a depthwise convolution needs an odd window that reaches at most 16 voxels");
}

/// The weights of every block, [block][tap][8]; from the last tap to the first where it is flipped.
void pack(float *packed, const Depthwise &work, const float *weight, bool flipped) {
  const int64_t taps = work.taps();
  for (int64_t channel = 0; channel < work.images.channels; ++channel) {
    for (int64_t tap = 0; tap < taps; ++tap) {
      const int64_t from = flipped ? taps - 1 - tap : tap;
      packed[(channel / 8 * taps + tap) * 8 + channel % 8] = weight[channel * taps + from];
    }
  }
}

int convolve(const ckernels_images *images, int64_t edge, int64_t dilation, float *output,
             const float *input, const float *weight, bool flipped) {
  return guarded([&] {
    check_window(images, edge, dilation);
    const Depthwise work{*images, edge, dilation};
    const Memory<float> packed(blocks(images->channels) * work.taps() * 8);
    if (!packed.data()) throw std::bad_alloc();
    pack(packed.data(), work, weight, flipped);
    const auto &size = images->size;
    const int64_t slice_length = size[1] * size[2] * 8;
    const DepthwiseSlice kernel = depthwise_slice();
    parallel(slices(*images), [&](int64_t index) {
      const int64_t depth = index % size[0];
      const int64_t block = index / size[0] % blocks(images->channels);
      kernel(work, output + index * slice_length, input + (index - depth) * slice_length,
             &packed[block * work.taps() * 8], depth);
    });
  });
}

}  // namespace
}  // namespace ckernels

using namespace ckernels;

int ckernels_depthwise(const ckernels_images *images, int64_t edge, int64_t dilation,
                       float *output, const float *input, const float *weight) {
  return convolve(images, edge, dilation, output, input, weight, false);
}

int ckernels_depthwise_data_gradient(const ckernels_images *images, int64_t edge,
                                     int64_t dilation, float *input_gradient,
                                     const float *output_gradient, const float *weight) {
  return convolve(images, edge, dilation, input_gradient, output_gradient, weight, true);
}

int ckernels_depthwise_weight_gradient(const ckernels_images *images, int64_t edge,
                                       int64_t dilation, float *weight_gradient,
                                       const float *input, const float *output_gradient) {
  return guarded([&] {
    check_window(images, edge, dilation);
    const Depthwise work{*images, edge, dilation};
    const auto &size = images->size;
    const int64_t slice_length = size[1] * size[2] * 8, length = work.taps() * 8;
    // Every slice has sums of its own, which are added up in their order.
    const Memory<float> sums(slices(*images) * length);
    if (!sums.data()) throw std::bad_alloc();
    const DepthwiseSums kernel = depthwise_sums();
    parallel(slices(*images), [&](int64_t index) {
      const int64_t depth = index % size[0];
      kernel(work, &sums[index * length], input + (index - depth) * slice_length,
             output_gradient + index * slice_length, depth);
    });
    for (int64_t channel = 0; channel < images->channels; ++channel) {
      for (int64_t tap = 0; tap < work.taps(); ++tap) {
        double sum = 0;
        for (int64_t image = 0; image < images->batch; ++image) {
          const int64_t plane = image * blocks(images->channels) + channel / 8;
          for (int64_t depth = 0; depth < size[0]; ++depth)
            sum += sums[(plane * size[0] + depth) * length + tap * 8 + channel % 8];
        }
        weight_gradient[channel * work.taps() + tap] = static_cast<float>(sum);
      }
    }
  });
}
