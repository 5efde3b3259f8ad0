// The products of a tile: 36 convolutions along the width.

#include <algorithm>

#include "../gather/outputs.hpp"
#include "../gather/sliding.hpp"
#include "../gather/tap_by_tap.hpp"
#include "../parallel.hpp"
#include "convolution_steps.hpp"

namespace ckernels::winograd {
namespace {

/// What a line of products reads and writes.
struct Line {
  const float *input;
  int64_t input_block;  // from a block of inputs to the next
  const float *weights;
  int64_t weight_block;   // from a block of inputs to the next
  int64_t output_weights;  // from a block of outputs to the next
  float *target;
  int64_t target_block;
  int64_t in_channels;
};

template <typename Outputs, typename Taps, int Voxels>
CKERNELS_INLINE void multiply_voxels(const Line &line, const GatherAxis &width, int64_t start) {
  Sums<Outputs, Voxels> sums{};
  for (int64_t block = 0; 8 * block < line.in_channels; ++block) {
    const int64_t lanes = std::min<int64_t>(8, line.in_channels - 8 * block);
    Taps::template add<Outputs, Voxels>(sums, width, line.input + block * line.input_block, start,
                                        line.weights + block * line.weight_block,
                                        line.output_weights, lanes);
  }
  float *places[Outputs::blocks];
  for (int block = 0; block < Outputs::blocks; ++block) {
    places[block] = line.target + block * line.target_block + 8 * start;
  }
  for (int index = 0; index < Outputs::vectors; ++index) {
    for (int voxel = 0; voxel < Voxels; ++voxel) {
      Outputs::write(places, index, 8 * voxel, sums[index][voxel]);
    }
  }
}

template <typename Outputs, typename Taps, int Voxels>
CKERNELS_INLINE void multiply_up_to(const Line &line, const GatherAxis &width, int64_t start,
                                    int64_t length) {
  if constexpr (Voxels > 1) {
    if (length < Voxels) return multiply_up_to<Outputs, Taps, Voxels - 1>(line, width, start, length);
  }
  multiply_voxels<Outputs, Taps, Voxels>(line, width, start);
}

template <typename Outputs, typename Taps>
CKERNELS_INLINE void multiply_line(const Line &line, const GatherAxis &width) {
  constexpr int longest = Taps::template longest<Outputs>;
  const int64_t tiles = (width.count + longest - 1) / longest;
  for (int64_t index = 0; index < tiles; ++index) {
    const Part part(width.count, tiles, index);
    multiply_up_to<Outputs, Taps, longest>(line, width, part.start, part.end - part.start);
  }
}

template <typename Taps>
CKERNELS_AVX512 void line_avx512(const Line &line, const GatherAxis &width) {
  multiply_line<Paired, Taps>(line, width);
}

template <int Blocks>
CKERNELS_AVX2 void line_avx2(const Line &line, const GatherAxis &width) {
  multiply_line<Single<Blocks>, TapByTap>(line, width);
}

template <int Blocks>
void line_portable(const Line &line, const GatherAxis &width) {
  multiply_line<Single<Blocks>, TapByTap>(line, width);
}

typedef void (*LineKernel)(const Line &line, const GatherAxis &width);

LineKernel kernel_for(const GatherAxis &width, int64_t blocks, Instructions instructions) {
  if (instructions == Instructions::portable) return blocks == 2 ? line_portable<2> : line_portable<1>;
  if (blocks == 1) return line_avx2<1>;
  if (instructions == Instructions::avx2) return line_avx2<2>;
  return Sliding<1, 1>::fits(width) ? line_avx512<Sliding<1, 1>> : line_avx512<TapByTap>;
}

}  // namespace

void multiply(const Gather &gather, const float *inputs, const float *weights, int64_t out_block,
              int64_t blocks, float *target, Instructions instructions) noexcept {
  const GatherAxis &width = gather.axes[2];
  const LineKernel kernel = kernel_for(width, blocks, instructions);
  const int64_t distance = pitch(width.inputs, 0);
  const int64_t weight_block = width.kernel * 64;
  const int64_t weight_line = ckernels::blocks(gather.in_channels) * weight_block;
  for (int64_t index = 0; index < lines; ++index) {
    kernel(Line{inputs + index * distance, lines * distance,
                weights + (out_block * lines + index) * weight_line, weight_block,
                lines * weight_line, target + index * distance, lines * distance,
                gather.in_channels},
           width);
  }
}

}  // namespace ckernels::winograd
