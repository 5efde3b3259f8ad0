// The taps of a line one after another: for any stride, dilation and kernel.

#pragma once

#include "gather.hpp"
#include "outputs.hpp"

namespace ckernels {

/// What taps outside the input read.
alignas(32) const float zeros[8] = {};

/// Adds `lanes` inputs of every voxel; `source(voxel)` is where a voxel's inputs lie.
template <typename Outputs, int Voxels, typename Source>
CKERNELS_INLINE void accumulate_lanes(Sums<Outputs, Voxels> &sums, Source source,
                                      const float *const *weights, int64_t lanes) {
  for (int64_t lane = 0; lane < lanes; ++lane) {
    typename Outputs::Vector weight[Outputs::vectors];
    for (int index = 0; index < Outputs::vectors; ++index) {
      Outputs::read(weight[index], weights, index, 8 * lane);
    }
    for (int voxel = 0; voxel < Voxels; ++voxel) {
      const float number = source(voxel)[lane];
      for (int index = 0; index < Outputs::vectors; ++index) {
        sums[index][voxel] += number * weight[index];
      }
    }
  }
}

/// Adds what one tap contributes, whose first input lies at `x` of `line`.
template <typename Outputs, int Voxels>
CKERNELS_INLINE void accumulate_tap(Sums<Outputs, Voxels> &sums, const GatherAxis &width,
                                    const float *line, int64_t x, const float *const *weights,
                                    int64_t lanes) {
  const int64_t stride = width.stride;
  const bool is_inside = x >= 0 && x + (Voxels - 1) * stride < width.inputs;
  if (is_inside && stride == 1) {
    // The commonest case by far; places at a fixed distance cost no register each.
    const float *first = line + 8 * x;
    const auto source = [first](int voxel) CKERNELS_ALWAYS { return first + 8 * voxel; };
    accumulate_lanes<Outputs, Voxels>(sums, source, weights, lanes);
    return;
  }
  const float *places[Voxels];
  for (int voxel = 0; voxel < Voxels; ++voxel) {
    const int64_t at = x + voxel * stride;
    places[voxel] = at >= 0 && at < width.inputs ? line + 8 * at : zeros;
  }
  const auto source = [&places](int voxel) CKERNELS_ALWAYS { return places[voxel]; };
  accumulate_lanes<Outputs, Voxels>(sums, source, weights, lanes);
}

/// One tap after another.
struct TapByTap {
  /// How many neighbours are in registers at a time.
  template <typename Outputs>
  static constexpr int longest = Outputs::longest;
  static constexpr int unit = 1;

  /// Adds what one line of inputs contributes. `weight` is that of the line's first tap, and
  /// `block_stride` how far the next block's weights are.
  template <typename Outputs, int Voxels>
  static CKERNELS_INLINE void add(Sums<Outputs, Voxels> &sums, const GatherAxis &width,
                                  const float *line, int64_t start, const float *weight,
                                  int64_t block_stride, int64_t lanes) {
    // The next outputs' numbers, while the multipliers are busy with these.
    const float *next = line + 8 * (start + Voxels) * width.stride;
    for (int64_t voxel = 0; voxel < Voxels * width.stride; voxel += 2) {
      __builtin_prefetch(next + 8 * voxel);
    }
    for (const GatherAxis::Tap &tap : width.taps) {
      const float *weights[Outputs::blocks];
      for (int block = 0; block < Outputs::blocks; ++block) {
        weights[block] = weight + block * block_stride + 64 * tap.kernel;
      }
      const int64_t x = start * width.stride + tap.offset;
      if (lanes >= 8) {
        accumulate_tap<Outputs, Voxels>(sums, width, line, x, weights, 8);
      } else {
        accumulate_tap<Outputs, Voxels>(sums, width, line, x, weights, lanes);
      }
    }
  }
};

}  // namespace ckernels
