// The steps of a convolution by tiles.

#pragma once

#include "../gather/gather.hpp"
#include "tile.hpp"

namespace ckernels::winograd {

/// From the weights of a line to those of the next. A line of the cache more than they have: else all lines
/// of some numbers of channels would share one place in the cache.
inline int64_t weight_pitch(const Gather &gather) {
  return blocks(gather.in_channels) * gather.axes[2].kernel * 64 + 16;
}

/// Weights [out_blocks, lines, weight_pitch] of a gather, those of a line [in_blocks, width of the kernel,
/// 8 inputs, 8 outputs].
void transform_weights(const Gather &gather, float *target, Instructions instructions) noexcept;

/// What `blocks` blocks of outputs, 1 or 2, get from all inputs: [blocks, lines, pitch].
void multiply(const Gather &gather, const float *inputs, const float *weights, int64_t out_block,
              int64_t blocks, float *target, Instructions instructions) noexcept;

/// Writes `blocks` blocks of a tile's outputs; `sums` is what `multiply` wrote, and lost.
void write_outputs(const Gather &gather, const Tile &tile, float *sums, int64_t out_block,
                   int64_t blocks, Instructions instructions) noexcept;

}  // namespace ckernels::winograd
