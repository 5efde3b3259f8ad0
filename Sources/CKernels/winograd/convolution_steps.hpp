// The steps of a convolution by tiles.

#pragma once

#include "../gather/gather.hpp"
#include "tile.hpp"

namespace ckernels::winograd {

/// Weights [out_blocks, lines, in_blocks, width of the kernel, 8 inputs, 8 outputs] of a gather.
void transform_weights(const Gather &gather, float *target) noexcept;

/// What `blocks` blocks of outputs, 1 or 2, get from all inputs: [blocks, lines, pitch].
void multiply(const Gather &gather, const float *inputs, const float *weights, int64_t out_block,
              int64_t blocks, float *target, Instructions instructions) noexcept;

/// Writes `blocks` blocks of a tile's outputs; `sums` is what `multiply` wrote, and lost.
void write_outputs(const Gather &gather, const Tile &tile, float *sums, int64_t out_block,
                   int64_t blocks, Instructions instructions) noexcept;

}  // namespace ckernels::winograd
