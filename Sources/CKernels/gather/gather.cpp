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
#include "rows.hpp"

using namespace ckernels;

namespace {

/// One row of outputs, counted as the gather does.
struct Row {
  const Gather &gather;
  int64_t image;
  int64_t out_block;
  int64_t depth;
  int64_t height;

  static constexpr bool has_all_widths = true;

  CKERNELS_INLINE int64_t count() const { return gather.axes[2].count; }

  /// Computes and writes `Voxels` outputs from `start` on.
  template <typename Outputs, typename Line, int Voxels>
  CKERNELS_INLINE void tile(int64_t start) const;

 private:
  /// Adds what all inputs contribute to `Voxels` outputs from `start` on.
  template <typename Outputs, typename Line, int Voxels>
  CKERNELS_INLINE void accumulate(Sums<Outputs, Voxels> &sums, int64_t start) const;
};

template <typename Outputs, typename Line, int Voxels>
CKERNELS_INLINE void Row::accumulate(Sums<Outputs, Voxels> &sums, int64_t start) const {
  const GatherAxis &depths = gather.axes[0], &heights = gather.axes[1], &widths = gather.axes[2];
  const int64_t in_blocks = blocks(gather.in_channels);
  const int64_t line_floats = widths.inputs * 8;
  const int64_t weights = depths.kernel * heights.kernel * widths.kernel * 64;
  for (int64_t in_block = 0; in_block < in_blocks; ++in_block) {
    const float *source = gather.input +
                          (image * in_blocks + in_block) * depths.inputs * heights.inputs * line_floats;
    const float *packed = gather.weight + (out_block * in_blocks + in_block) * weights;
    const int64_t lanes = std::min<int64_t>(8, gather.in_channels - 8 * in_block);
    for (const GatherAxis::Tap &d : depths.taps) {
      const int64_t z = depth * depths.stride + d.offset;
      if (z < 0 || z >= depths.inputs) continue;
      for (const GatherAxis::Tap &h : heights.taps) {
        const int64_t y = height * heights.stride + h.offset;
        if (y < 0 || y >= heights.inputs) continue;
        Line::template add<Outputs, Voxels>(
            sums, widths, source + (z * heights.inputs + y) * line_floats, start,
            packed + (d.kernel * heights.kernel + h.kernel) * widths.kernel * 64,
            in_blocks * weights, lanes);
      }
    }
  }
}

template <typename Outputs, typename Line, int Voxels>
CKERNELS_INLINE void Row::tile(int64_t start) const {
  const GatherAxis &depths = gather.axes[0], &heights = gather.axes[1], &widths = gather.axes[2];
  const int64_t z = depths.phase + depth * depths.step;
  const int64_t y = heights.phase + height * heights.step;
  const int64_t x = widths.phase + start * widths.step;
  const float *biases[Outputs::blocks];
  float *targets[Outputs::blocks];
  for (int block = 0; block < Outputs::blocks; ++block) {
    const int64_t place = image * gather.out_blocks + out_block + block;
    biases[block] = gather.bias ? gather.bias + 8 * (out_block + block) : zeros;
    targets[block] =
        gather.output +
        8 * (((place * depths.outputs + z) * heights.outputs + y) * widths.outputs + x);
  }
  Sums<Outputs, Voxels> sums;
  for (int index = 0; index < Outputs::vectors; ++index) {
    typename Outputs::Vector bias;
    Outputs::read(bias, biases, index, 0);
    for (int voxel = 0; voxel < Voxels; ++voxel) sums[index][voxel] = bias;
  }
  accumulate<Outputs, Line, Voxels>(sums, start);
  for (int index = 0; index < Outputs::vectors; ++index) {
    for (int voxel = 0; voxel < Voxels; ++voxel) {
      Outputs::write(targets, index, 8 * voxel * widths.step, sums[index][voxel]);
    }
  }
}

/// How many rows one chunk of work has.
constexpr int64_t rows_per_chunk = 16;

/// Computes `groups` of so many blocks of outputs, 1 or 2, from the block `first` on.
void run_blocks(const Gather &gather, int64_t blocks, int64_t first, int64_t groups) noexcept {
  const int64_t rows = gather.axes[0].count * gather.axes[1].count;
  const int64_t parts = (rows + rows_per_chunk - 1) / rows_per_chunk;
  const auto compute = Rows<Row>::of(gather.axes[2], blocks, instructions());
  parallel(gather.batch * groups * parts, [&](int64_t chunk) {
    const Part part(rows, parts, chunk % parts);
    const int64_t group = chunk / parts % groups;
    for (int64_t index = part.start; index < part.end; ++index) {
      compute(Row{gather, chunk / parts / groups, first + group * blocks,
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
  if (pairs > 0) run_blocks(gather, 2, 0, pairs);
  if (gather.out_blocks % 2 != 0) run_blocks(gather, 1, gather.out_blocks - 1, 1);
}
