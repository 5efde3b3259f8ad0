// The products of a tile: 36 convolutions along the width.

#include <algorithm>

#include "../gather/rows.hpp"
#include "convolution_steps.hpp"

namespace ckernels::winograd {
namespace {

/// A line of products: what it reads and writes.
struct Products {
  const GatherAxis &width;
  const float *input;
  int64_t input_block;  // from a block of inputs to the next
  const float *weights;
  int64_t weight_block;   // from a block of inputs to the next
  int64_t output_weights;  // from a block of outputs to the next
  float *target;
  int64_t target_block;
  int64_t in_channels;

  static constexpr bool has_all_widths = false;

  CKERNELS_INLINE int64_t count() const { return width.count; }

  template <typename Outputs, typename Line, int Voxels>
  CKERNELS_INLINE void tile(int64_t start) const {
    Sums<Outputs, Voxels> sums{};
    for (int64_t block = 0; 8 * block < in_channels; ++block) {
      const int64_t lanes = std::min<int64_t>(8, in_channels - 8 * block);
      Line::template add<Outputs, Voxels>(sums, width, input + block * input_block, start,
                                          weights + block * weight_block, output_weights, lanes);
    }
    float *places[Outputs::blocks];
    for (int block = 0; block < Outputs::blocks; ++block) {
      places[block] = target + block * target_block + 8 * start;
    }
    for (int index = 0; index < Outputs::vectors; ++index) {
      for (int voxel = 0; voxel < Voxels; ++voxel) {
        Outputs::write(places, index, 8 * voxel, sums[index][voxel]);
      }
    }
  }
};

}  // namespace

void multiply(const Gather &gather, const float *inputs, const float *weights, int64_t out_block,
              int64_t blocks, float *target, Instructions instructions) noexcept {
  const GatherAxis &width = gather.axes[2];
  const auto compute = Rows<Products>::of(width, blocks, instructions);
  const int64_t distance = pitch(width.inputs, 0);
  const int64_t weight_block = width.kernel * 64;
  const int64_t weight_line = weight_pitch(gather);
  for (int64_t index = 0; index < lines; ++index) {
    compute(Products{width, inputs + index * distance, lines * distance,
                     weights + (out_block * lines + index) * weight_line, weight_block,
                     lines * weight_line, target + index * distance, lines * distance,
                     gather.in_channels});
  }
}

}  // namespace ckernels::winograd
