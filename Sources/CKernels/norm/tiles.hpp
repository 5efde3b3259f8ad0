// Numbers per tile of a plane, and the sums and weighted means that make windows of tiles.

#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "../include/CKernelsLocalNorm.h"

namespace ckernels {

/// How many numbers a tile or a window has: two for each lane of a block.
constexpr int64_t per_tile = 16;

/// A dense array [before, length, after, per_tile], of which one axis is worked on.
struct AxisView {
  int64_t before;
  int64_t after;

  int64_t place(int64_t outer, int64_t index, int64_t inner, int64_t length) const {
    return ((outer * length + index) * after + inner) * per_tile;
  }
};

inline int64_t windows(const ckernels_statistics_axis &axis) { return axis.tiles - axis.window + 1; }

/// Sums over the tiles of every window: [before, tiles, after] becomes [before, windows, after].
inline std::vector<double> window_sums(const std::vector<double> &tiles, const AxisView &view,
                                       const ckernels_statistics_axis &axis) {
  const int64_t count = windows(axis);
  std::vector<double> sums(static_cast<size_t>(view.before * count * view.after * per_tile));
  for (int64_t outer = 0; outer < view.before; ++outer) {
    for (int64_t index = 0; index < count; ++index) {
      for (int64_t tile = index; tile < index + axis.window; ++tile) {
        double *target = &sums[view.place(outer, index, 0, count)];
        const double *source = &tiles[view.place(outer, tile, 0, axis.tiles)];
        for (int64_t number = 0; number < view.after * per_tile; ++number)
          target[number] += source[number];
      }
    }
  }
  return sums;
}

/// Weighted means over the windows of every tile: [before, windows, after] becomes
/// [before, tiles, after].
inline std::vector<float> tile_means(const std::vector<float> &given, const AxisView &view,
                                     const ckernels_statistics_axis &axis) {
  const int64_t count = windows(axis);
  std::vector<float> means(static_cast<size_t>(view.before * axis.tiles * view.after * per_tile));
  for (int64_t outer = 0; outer < view.before; ++outer) {
    for (int64_t tile = 0; tile < axis.tiles; ++tile) {
      const int64_t first = tile - axis.window + 1;
      for (int64_t index = std::max<int64_t>(first, 0); index <= std::min(tile, count - 1); ++index) {
        const float weight = axis.weights[tile * axis.window + index - first];
        float *target = &means[view.place(outer, tile, 0, axis.tiles)];
        const float *source = &given[view.place(outer, index, 0, count)];
        for (int64_t number = 0; number < view.after * per_tile; ++number)
          target[number] += weight * source[number];
      }
    }
  }
  return means;
}

/// Between the middles of which tiles a voxel lies, and how far from the first.
struct Between {
  int64_t first;
  int64_t second;
  float share;

  Between(const ckernels_statistics_axis &axis, int64_t voxel) {
    const int64_t tile =
        std::upper_bound(axis.edges, axis.edges + axis.tiles + 1, voxel) - axis.edges - 1;
    const int64_t twice = 2 * voxel;
    first = std::max<int64_t>(0, twice < twice_middle(axis, tile) ? tile - 1 : tile);
    second = twice < twice_middle(axis, first) ? first : std::min(first + 1, axis.tiles - 1);
    const int64_t distance = twice_middle(axis, second) - twice_middle(axis, first);
    share = distance == 0 ? 0
                          : static_cast<float>(twice - twice_middle(axis, first)) /
                                static_cast<float>(distance);
  }

 private:
  static int64_t twice_middle(const ckernels_statistics_axis &axis, int64_t tile) {
    return axis.edges[tile] + axis.edges[tile + 1] - 1;
  }
};

}  // namespace ckernels
