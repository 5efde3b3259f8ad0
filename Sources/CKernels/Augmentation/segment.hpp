// Where the voxels of a patch lie in a volume, a piece of a row at a time.

#pragma once

#include <algorithm>
#include <cmath>

#include "../include/CKernelsAugmentation.h"
#include "../processor.hpp"

namespace ckernels {

constexpr int64_t segment_length = 64;

struct Sampling {
  float *const *patches;
  uint8_t *labels;
  ckernels_size patch;
  const float *const *volumes;
  const uint8_t *classes;
  int64_t channels;
  ckernels_size volume;
  const ckernels_placement &placement;
};

/// Some neighbouring voxels of a row: the voxel below each position, and how far it is above it.
struct Segment {
  int64_t count;
  int32_t cell[3][segment_length];
  float part[3][segment_length];
  /// The cell's place in the volume, and whether it and its upper neighbours lie inside.
  int32_t place[segment_length];
  int32_t is_inside[segment_length];

  CKERNELS_INLINE void locate(const Sampling &sampling, int64_t first, int64_t y, int64_t z) {
    const ckernels_placement &at = sampling.placement;
    const int64_t lengths[3] = {sampling.volume.x, sampling.volume.y, sampling.volume.z};
    count = std::min(segment_length, sampling.patch.x - first);
    std::fill_n(place, segment_length, 0);
    std::fill_n(is_inside, segment_length, -1);
    int64_t stride = 1;
    for (int axis = 0; axis < 3; ++axis) {
      // Positions are held relative to the segment's first voxel, where float32 is fine enough.
      const double start = at.start[axis] + static_cast<double>(first) * at.x[axis] +
                           static_cast<double>(y) * at.y[axis] +
                           static_cast<double>(z) * at.z[axis];
      // Beyond a thousand million voxels everything is outside.
      const double origin = std::clamp(std::floor(start), -1e9, 1e9);
      const float offset = static_cast<float>(std::clamp(start - origin, -1e9, 1e9));
      const float slope = static_cast<float>(at.x[axis]);
      const auto below = static_cast<int32_t>(origin);
      const auto last = static_cast<int32_t>(lengths[axis] - 2);
      for (int64_t i = 0; i < segment_length; ++i) {
        const float position = offset + slope * static_cast<float>(i);
        const float whole = __builtin_elementwise_floor(position);
        const int32_t index = below + static_cast<int32_t>(whole);
        cell[axis][i] = index;
        part[axis][i] = position - whole;
        place[i] += std::clamp(index, -1, last + 1) * static_cast<int32_t>(stride);
        is_inside[i] &= -static_cast<int32_t>((index >= 0) & (index <= last));
      }
      stride *= lengths[axis];
    }
  }

  /// Whether the cells of all of eight voxels lie inside.
  CKERNELS_INLINE bool are_inside(int64_t first) const {
    int32_t all = -1;
    for (int64_t i = first; i < first + 8; ++i) all &= is_inside[i];
    return all != 0;
  }
};

}  // namespace ckernels
