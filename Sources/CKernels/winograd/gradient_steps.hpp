// The steps of a weight gradient by tiles.

#pragma once

#include "tile.hpp"

namespace ckernels::winograd {

/// A voxel of zeros on either side of a line of gradients, so that every tap sees every input.
constexpr int64_t margin = 1;

/// A tile's gradients, transformed: [blocks, lines, pitch(width, margin)], whose margins stay as they are.
/// Adds the tile's sum to `bias` [blocks, 8].
void transform_gradients(const Blocked &gradient, const Tile &tile, float *target, float *bias,
                         Instructions instructions) noexcept;

/// How many tiles may be added at a time.
constexpr int64_t most_tiles = 16;

/// How a slice's sums of products lie: [lines, out_blocks, in_blocks, 8 inputs, 3 taps, 8 outputs].
struct SumsLayout {
  int64_t in_blocks, out_blocks;

  int64_t pair() const { return 8 * taps * 8; }
  int64_t line() const { return in_blocks * out_blocks * pair(); }
  int64_t count() const { return lines * line(); }
};

/// Adds what `count` tiles, transformed one after another, contribute to the sums.
void add_products(const SumsLayout &layout, const float *inputs, const float *gradients,
                  int64_t width, int64_t count, float *sums, Instructions instructions) noexcept;

/// The weights' gradient [8 inputs, 27 taps, 8 outputs] of a pair of blocks.
void transform_sums(const SumsLayout &layout, const float *sums, int64_t out_block,
                    int64_t in_block, float *target) noexcept;

}  // namespace ckernels::winograd
