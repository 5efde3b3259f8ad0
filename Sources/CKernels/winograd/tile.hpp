// Tiles of a blocked tensor whose depth and height go through Winograd's transforms: 4 planes of 4 whole
// rows, seen from 6 planes of 6 rows.

#pragma once

#include "../processor.hpp"
#include "transforms.hpp"

namespace ckernels::winograd {

/// How many lines of products a tile has.
constexpr int64_t lines = products * products;

/// A blocked tensor [batch, blocks, depth, height, width, 8].
struct Blocked {
  const float *numbers;
  int64_t batch, blocks, depth, height, width;

  /// How many numbers a row has.
  int64_t row() const { return width * 8; }
  /// Where a row lies, counted from the first number.
  int64_t place(int64_t image, int64_t block, int64_t z, int64_t y) const {
    return (((image * blocks + block) * depth + z) * height + y) * row();
  }
  /// A row, or null outside.
  const float *find(int64_t image, int64_t block, int64_t z, int64_t y) const {
    const bool is_inside = z >= 0 && z < depth && y >= 0 && y < height;
    return is_inside ? numbers + place(image, block, z, y) : nullptr;
  }
};

/// How many tiles there are along an axis.
constexpr int64_t tiles_along(int64_t length) { return (length + outputs - 1) / outputs; }

/// How many voxels make up for the transform of weights or of their sums, which are four times as many.
constexpr int64_t fewest_voxels = 1024;

/// Whether tiles gain by so many voxels: the rows that a tile throws away cost as much as the others.
constexpr bool tiles_pay(int64_t batch, int64_t depth, int64_t height, int64_t width) {
  return batch * depth * height * width >= fewest_voxels &&
         2 * lines * tiles_along(depth) * tiles_along(height) <= taps * taps * depth * height;
}

/// How many tiles there are in a tensor.
inline int64_t tiles(const Blocked &tensor) {
  return tensor.batch * tiles_along(tensor.depth) * tiles_along(tensor.height);
}

/// One tile: where its first output lies.
struct Tile {
  Tile(const Blocked &tensor, int64_t index)
      : image(index / (tiles_along(tensor.depth) * tiles_along(tensor.height))),
        z(index / tiles_along(tensor.height) % tiles_along(tensor.depth) * outputs),
        y(index % tiles_along(tensor.height) * outputs) {}

  int64_t image, z, y;
};

/// From a line of a tile to the next, in numbers, for rows with `margin` voxels on either side. A line
/// more than a power of two: else all lines would share one place in the cache.
constexpr int64_t pitch(int64_t width, int64_t margin) { return (width + 2 * margin) * 8 + 16; }

/// The inputs that a tile sees, transformed: [blocks, lines, pitch(width, 0)].
void transform_inputs(const Blocked &input, const Tile &tile, float *target,
                      Instructions instructions) noexcept;

}  // namespace ckernels::winograd
