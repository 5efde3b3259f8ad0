// What normalisation with statistics of the neighbourhood does to rows of voxels.

#pragma once

#include <cstdint>

namespace ckernels {

/// A box of voxels inside a plane of blocked activations.
struct Box {
  const float *start;
  int64_t depth, height, width;
  /// In floats.
  int64_t depth_stride, height_stride;
};

struct LocalNormRows {
  /// moments[0..<8]: the mean per lane; moments[8..<16]: the sum of squared distances from it.
  void (*moments)(float *moments, const Box &box);
  /// result = first + share (second - first), `count` numbers, a multiple of 8.
  void (*blend)(float *result, const float *first, const float *second, float share,
                int64_t count);
  /// `count` voxels from `input` on, the factor and summand of the first at `fields` and of the one
  /// at distance 1/`step` at `fields + 16 · apart`; `share` is where the first voxel lies between.
  void (*apply)(float *output, const float *input, int64_t count, const float *first,
                const float *second, float share, float step, float slope);
};

/// The functions for this processor.
const LocalNormRows &local_norm_rows();

}  // namespace ckernels
