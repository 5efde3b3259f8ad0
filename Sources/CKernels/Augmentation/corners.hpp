// One voxel of a patch from the eight voxels of a volume around it.

#pragma once

#include <cstring>

#include "segment.hpp"

namespace ckernels {

/// The eight corners of the cell of a voxel of the patch: their places and weights. Outside the
/// volume a corner has the place -1.
struct Corners {
  int64_t place[8];
  float weight[8];

  CKERNELS_INLINE Corners(const Segment &segment, int64_t i, const ckernels_size &size) {
    const int64_t lengths[3] = {size.x, size.y, size.z};
    const int64_t strides[3] = {1, size.x, size.x * size.y};
    for (int corner = 0; corner < 8; ++corner) {
      place[corner] = 0;
      weight[corner] = 1;
    }
    for (int axis = 0; axis < 3; ++axis) {
      const float part = segment.part[axis][i];
      for (int upper = 0; upper < 2; ++upper) {
        const int64_t position = segment.cell[axis][i] + upper;
        const bool is_inside = position >= 0 && position < lengths[axis];
        for (int corner = 0; corner < 8; ++corner) {
          if ((corner >> axis & 1) != upper) continue;
          weight[corner] *= upper == 1 ? part : 1 - part;
          const bool was_inside = place[corner] >= 0;
          place[corner] = is_inside && was_inside ? place[corner] + position * strides[axis] : -1;
        }
      }
    }
  }

  CKERNELS_INLINE float image(const float *volume) const {
    float sum = 0;
    for (int corner = 0; corner < 8; ++corner) {
      if (place[corner] >= 0) sum += weight[corner] * volume[place[corner]];
    }
    return sum;
  }

  /// The label with the largest weight. That of the nearest corner is asked first and so wins a tie.
  CKERNELS_INLINE uint8_t label(const uint8_t *classes) const {
    constexpr int outside = 256;
    // Rounding must not break a tie.
    constexpr float margin = 1e-6F;
    int labels[8];
    int nearest = 0;
    for (int corner = 0; corner < 8; ++corner) {
      labels[corner] = place[corner] >= 0 ? classes[place[corner]] : outside;
      if (weight[corner] > weight[nearest]) nearest = corner;
    }
    int winner = outside;
    float most = -1;
    for (int turn = 0; turn < 8 && most <= 0.5F + margin; ++turn) {
      const int candidate = labels[(nearest + turn) % 8];
      float sum = 0;
      for (int corner = 0; corner < 8; ++corner) {
        sum += labels[corner] == candidate ? weight[corner] : 0;
      }
      if (sum > most + margin) {
        most = sum;
        winner = candidate;
      }
    }
    return winner == outside ? 0 : static_cast<uint8_t>(winner);
  }
};

/// Whether the eight corners of an inner cell, whose first is at `classes`, have one label, as nearly
/// all do.
CKERNELS_INLINE bool is_uniform(const uint8_t *classes, const ckernels_size &size) {
  uint16_t pairs[4];
  const int64_t slice = size.x * size.y;
  std::memcpy(&pairs[0], classes, 2);
  std::memcpy(&pairs[1], classes + size.x, 2);
  std::memcpy(&pairs[2], classes + slice, 2);
  std::memcpy(&pairs[3], classes + slice + size.x, 2);
  const int spread = (pairs[0] ^ pairs[1]) | (pairs[0] ^ pairs[2]) | (pairs[0] ^ pairs[3]);
  return (spread | ((pairs[0] >> 8) ^ (pairs[0] & 255))) == 0;
}

}  // namespace ckernels
