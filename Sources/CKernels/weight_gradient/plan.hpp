// How a weight gradient is cut into units of work, and how a unit's numbers lie.

#pragma once

#include <cstdint>

#include "../include/CKernelsWeightGradient.h"
#include "../processor.hpp"

namespace ckernels {

/// But for the instructions, decided by the shape alone, never by the number of threads: so are the results.
///
/// The rows of the output (batch × depth × height) are cut into slices, the pairs of channel blocks
/// into groups. One unit of work is a slice of one group; it has sums of its own, and the slices'
/// sums are added up in their order. Where there are many channels one slice is enough.
struct Plan {
  ckernels_convolution convolution;
  /// Whether the input is [N, C, D, H, W] instead of blocked: then its channels are one "block".
  bool plain;
  /// Whether the three columns of products are taps along the width (else: output blocks).
  bool sliding;
  /// Chosen on the thread that asked for the gradient.
  Instructions instructions = ckernels::instructions();

  int64_t taps;
  int64_t input_blocks, output_blocks;
  /// Sums of one pair of blocks: [input channel][tap][8 output channels].
  int64_t pair;
  int64_t input_group, output_group;
  int64_t input_groups, output_groups;

  int64_t rows;
  int64_t slices;
  /// How many rows are worked on at a time, so that they stay in the cache.
  int64_t tile;
  /// The gradient's rows are copied between zeros, so that every tap sees every input voxel.
  int64_t left, pitch;
  /// A plain input's rows are copied between zeros too: how many rows of what length for a tile.
  int64_t patch_height, patch_width;

  Plan(const ckernels_convolution &convolution, bool plain);

  int64_t input_channels_of_block() const { return plain ? convolution.input_channels : 8; }
  int64_t units() const { return slices * input_groups * output_groups; }
  int64_t sums_of_unit() const { return input_group * output_group * pair; }
  int64_t gradient_of_block() const { return tile * pitch * 8; }
  int64_t patch() const;
};

/// Throws where the sizes of a convolution do not belong together.
void check(const ckernels_convolution &convolution);

}  // namespace ckernels
