// Patches whose voxels are voxels of the volume: copied, not interpolated.

#pragma once

#include <algorithm>
#include <cmath>

#include "segment.hpp"

namespace ckernels {

/// Whether the patch's voxels are voxels of the volume, its axes along the same ones, and mirrored
/// at most.
inline bool is_on_grid(const ckernels_placement &at) {
  const double *axes[3] = {at.x, at.y, at.z};
  for (int row = 0; row < 3; ++row) {
    if (at.start[row] != std::floor(at.start[row]) || std::abs(at.start[row]) > 1e9) return false;
    for (int column = 0; column < 3; ++column) {
      if (std::abs(axes[row][column]) != (row == column ? 1 : 0)) return false;
    }
  }
  return true;
}

/// Copies a row of `count` voxels whose first lies at `start`, zero outside the `length` of the row.
template <typename Number>
void copy_row(Number *target, const Number *source, int64_t count, int64_t start, int64_t length,
              bool is_forward) {
  const int64_t first = is_forward ? start : start - count + 1;
  const int64_t from = std::clamp<int64_t>(-first, 0, count);
  const int64_t to = std::clamp<int64_t>(length - first, from, count);
  std::fill_n(target, count, Number(0));
  std::copy(source + first + from, source + first + to, target + from);
  if (!is_forward) std::reverse(target, target + count);
}

template <typename Number>
void copy(Number *target, const Number *source, const Sampling &sampling) {
  const ckernels_placement &at = sampling.placement;
  const ckernels_size &size = sampling.volume;
  const auto start = static_cast<int64_t>(at.start[0]);
  for (int64_t k = 0; k < sampling.patch.z; ++k) {
    for (int64_t j = 0; j < sampling.patch.y; ++j) {
      const int64_t y = static_cast<int64_t>(at.start[1]) + (at.y[1] > 0 ? j : -j);
      const int64_t z = static_cast<int64_t>(at.start[2]) + (at.z[2] > 0 ? k : -k);
      Number *row = target + (k * sampling.patch.y + j) * sampling.patch.x;
      if (y < 0 || y >= size.y || z < 0 || z >= size.z) {
        std::fill_n(row, sampling.patch.x, Number(0));
      } else {
        copy_row(row, source + (z * size.y + y) * size.x, sampling.patch.x, start, size.x,
                 at.x[0] > 0);
      }
    }
  }
}

}  // namespace ckernels
