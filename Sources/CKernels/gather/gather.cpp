// The gather kernel: `Blocks` output blocks × `Voxels` neighbours along the width are accumulated in
// registers over all inputs and taps.
//
// Twelve accumulators cover the latency of two multiply-adds per cycle; six voxels and two blocks
// need eight loads for twelve of them. Weights stream from the first or second level cache, inputs
// mostly from the first.
//
// Arithmetic intensity: a 3³ convolution with 16 channels on both sides does 13,824 operations per
// voxel for 128 bytes read and written, 108 per byte, so arithmetic is the limit. Measured with AVX2
// on two cores of a Zen 5, whose best is 303 GFLOP/s (oneDNN 2.6 forward, 128 to 128 channels at 8³):
// 237 with 16 to 16 channels at 64³ (78 %), 258 with 32 to 32 at 32³ (85 %), 269 with 64 to 64 at 16³
// (89 %), 183 with 3 to 16 at 64³ (60 %), 238 with 16 to 32 at 64³ and stride 2 (79 %).

#include "gather.hpp"

#include <algorithm>

#include "../parallel.hpp"
#include "../processor.hpp"
#include "sliding.hpp"
#include "spreading.hpp"
#include "tap_by_tap.hpp"

using namespace ckernels;

namespace {

/// One row of outputs, counted as the gather does.
struct Row {
  int64_t image;
  int64_t out_block;
  int64_t depth;
  int64_t height;
};

/// Adds what all inputs contribute to `Voxels` outputs from `start` on.
template <typename Outputs, typename Line, int Voxels>
CKERNELS_INLINE void accumulate(Sums<Outputs, Voxels> &sums, const Gather &gather, const Row &row,
                                int64_t start) {
  const GatherAxis &depth = gather.axes[0], &height = gather.axes[1], &width = gather.axes[2];
  const int64_t in_blocks = blocks(gather.in_channels);
  const int64_t line_floats = width.inputs * 8;
  const int64_t weights = depth.kernel * height.kernel * width.kernel * 64;
  for (int64_t in_block = 0; in_block < in_blocks; ++in_block) {
    const float *image = gather.input + (row.image * in_blocks + in_block) * depth.inputs *
                                            height.inputs * line_floats;
    const float *packed = gather.weight + (row.out_block * in_blocks + in_block) * weights;
    const int64_t lanes = std::min<int64_t>(8, gather.in_channels - 8 * in_block);
    for (const GatherAxis::Tap &d : depth.taps) {
      const int64_t z = row.depth * depth.stride + d.offset;
      if (z < 0 || z >= depth.inputs) continue;
      for (const GatherAxis::Tap &h : height.taps) {
        const int64_t y = row.height * height.stride + h.offset;
        if (y < 0 || y >= height.inputs) continue;
        Line::template add<Outputs, Voxels>(
            sums, width, image + (z * height.inputs + y) * line_floats, start,
            packed + (d.kernel * height.kernel + h.kernel) * width.kernel * 64,
            in_blocks * weights, lanes);
      }
    }
  }
}

/// Computes and writes `Voxels` outputs from `start` on.
template <typename Outputs, typename Line, int Voxels>
CKERNELS_INLINE void tile(const Gather &gather, const Row &row, int64_t start) {
  const GatherAxis &depth = gather.axes[0], &height = gather.axes[1], &width = gather.axes[2];
  const int64_t z = depth.phase + row.depth * depth.step;
  const int64_t y = height.phase + row.height * height.step;
  const int64_t x = width.phase + start * width.step;
  const float *biases[Outputs::blocks];
  float *targets[Outputs::blocks];
  for (int block = 0; block < Outputs::blocks; ++block) {
    const int64_t image = row.image * gather.out_blocks + row.out_block + block;
    biases[block] = gather.bias ? gather.bias + 8 * (row.out_block + block) : zeros;
    targets[block] = gather.output +
                     8 * (((image * depth.outputs + z) * height.outputs + y) * width.outputs + x);
  }
  Sums<Outputs, Voxels> sums;
  for (int index = 0; index < Outputs::vectors; ++index) {
    typename Outputs::Vector bias;
    Outputs::read(bias, biases, index, 0);
    for (int voxel = 0; voxel < Voxels; ++voxel) sums[index][voxel] = bias;
  }
  accumulate<Outputs, Line, Voxels>(sums, gather, row, start);
  for (int index = 0; index < Outputs::vectors; ++index) {
    for (int voxel = 0; voxel < Voxels; ++voxel) {
      Outputs::write(targets, index, 8 * voxel * width.step, sums[index][voxel]);
    }
  }
}

template <typename Outputs, typename Line, int Voxels>
CKERNELS_INLINE void tile_of(const Gather &gather, const Row &row, int64_t start, int64_t length) {
  if constexpr (Voxels > 1) {
    if (length < Voxels) return tile_of<Outputs, Line, Voxels - 1>(gather, row, start, length);
  }
  tile<Outputs, Line, Voxels>(gather, row, start);
}

template <typename Outputs, typename Line>
CKERNELS_INLINE void whole_row(const Gather &gather, const Row &row) {
  constexpr int longest = Line::template longest<Outputs>;
  const int64_t count = gather.axes[2].count;
  const int64_t units = (count + Line::unit - 1) / Line::unit;
  const int64_t tiles = (count + longest - 1) / longest;
  for (int64_t index = 0; index < tiles; ++index) {
    const Part part(units, tiles, index);
    const int64_t start = part.start * Line::unit, end = std::min(part.end * Line::unit, count);
    tile_of<Outputs, Line, longest>(gather, row, start, end - start);
  }
}

template <typename Line, int Blocks>
CKERNELS_AVX2 void row_avx2(const Gather &gather, const Row &row) {
  whole_row<Single<Blocks>, Line>(gather, row);
}

template <typename Line>
CKERNELS_AVX512 void row_avx512(const Gather &gather, const Row &row) {
  whole_row<Paired, Line>(gather, row);
}

template <typename Line, int Blocks>
void row_portable(const Gather &gather, const Row &row) {
  whole_row<Single<Blocks>, Line>(gather, row);
}

/// Computes one row of `Blocks` blocks of outputs.
typedef void (*RowKernel)(const Gather &gather, const Row &row);

/// One for this kind of line, by the instructions that there are.
template <typename Line, int Blocks>
RowKernel kernel_by_instructions() {
  if (!uses_avx2()) return row_portable<Line, Blocks>;
  return Blocks == 2 && uses_avx512() ? row_avx512<Line> : row_avx2<Line, Blocks>;
}

template <int Blocks>
RowKernel kernel_for(const GatherAxis &width) {
  if (Spreading<-1, 3>::fits(width)) return kernel_by_instructions<Spreading<-1, 3>, Blocks>();
  if (Spreading<0, 2>::fits(width)) return kernel_by_instructions<Spreading<0, 2>, Blocks>();
  if (Blocks == 2 && uses_avx512()) {
    if (Sliding<1, 1>::fits(width)) return row_avx512<Sliding<1, 1>>;
    if (Sliding<1, 2>::fits(width)) return row_avx512<Sliding<1, 2>>;
    if (Sliding<2, 1>::fits(width)) return row_avx512<Sliding<2, 1>>;
  }
  return kernel_by_instructions<TapByTap, Blocks>();
}

/// How many rows one chunk of work has.
constexpr int64_t rows_per_chunk = 16;

template <int Blocks>
void run_blocks(const Gather &gather, int64_t first, int64_t groups) noexcept {
  const int64_t rows = gather.axes[0].count * gather.axes[1].count;
  const int64_t parts = (rows + rows_per_chunk - 1) / rows_per_chunk;
  const RowKernel row = kernel_for<Blocks>(gather.axes[2]);
  parallel(gather.batch * groups * parts, [&](int64_t chunk) {
    const Part part(rows, parts, chunk % parts);
    const int64_t group = chunk / parts % groups;
    for (int64_t index = part.start; index < part.end; ++index) {
      row(gather, Row{chunk / parts / groups, first + group * Blocks,
                      index / gather.axes[1].count, index % gather.axes[1].count});
    }
  });
}

}  // namespace

bool ckernels::can_spread(const GatherAxis &width) noexcept {
  return Spreading<-1, 3>::fits(width) || Spreading<0, 2>::fits(width);
}

void ckernels::run(const Gather &gather) noexcept {
  const int64_t pairs = gather.out_blocks / 2;
  if (pairs > 0) run_blocks<2>(gather, 0, pairs);
  if (gather.out_blocks % 2 != 0) run_blocks<1>(gather, gather.out_blocks - 1, 1);
}
