// A depthwise convolution's innermost loops, for the instructions at hand.

#pragma once

#include "window.hpp"

namespace ckernels {

struct Depthwise {
  const ckernels_images &images;
  int64_t edge;
  int64_t dilation;

  int64_t taps() const { return edge * edge * edge; }
  /// How far the first tap is before the middle.
  int64_t reach() const { return edge / 2 * dilation; }
};

/// One slice of the result from its plane; `weight` is [taps][8].
typedef void (*DepthwiseSlice)(const Depthwise &work, float *output, const float *plane,
                               const float *weight, int64_t depth);
/// Adds a slice's products with its plane to `sums`, [taps][8].
typedef void (*DepthwiseSums)(const Depthwise &work, float *sums, const float *plane,
                              const float *gradient, int64_t depth);

DepthwiseSlice depthwise_slice();
DepthwiseSums depthwise_sums();

}  // namespace ckernels
