// A gather by Winograd's minimal filtering (Lavin and Gray, "Fast Algorithms for Convolutional Neural
// Networks", CVPR 2016) along depth and height, F(4x4, 3x3); along the width it stays a convolution.
//
// Whole rows are transformed, so all of it is arithmetic on contiguous numbers, and the products are
// those of a convolution along the width that the gather's own kernels compute: 36 lines of them for
// 16 rows, where the direct way needs 9 for each row, 144. A tile's numbers stay in the second cache.
//
// Measured on two cores of a Zen 5 with AVX-512, counted as what is really multiplied: 16 to 16 channels at
// 64³ 260 GFLOP/s of 600, 64 to 64 at 16³ 390, transforms included; 8 to 8 at 32³ 150.

#include "winograd.hpp"

#include "../parallel.hpp"
#include "../scratch.hpp"
#include "convolution_steps.hpp"

namespace ckernels::winograd {
namespace {

/// Whether an axis has three neighbouring taps, and as many outputs as inputs.
bool fits(const GatherAxis &axis) {
  if (axis.stride != 1 || axis.step != 1 || axis.taps.size() != taps) return false;
  const int64_t first = axis.taps[0].offset;
  return (first == 1 || first == -1) && axis.taps[1].offset == 0 && axis.taps[2].offset == -first &&
         axis.count == axis.inputs;
}

}  // namespace

bool pays(const Gather &gather) noexcept {
  const GatherAxis &depth = gather.axes[0], &height = gather.axes[1], &width = gather.axes[2];
  if (!fits(depth) || !fits(height)) return false;
  if (width.stride != 1 || width.step != 1 || width.spread != 1) return false;
  if (width.count != width.inputs) return false;
  // The transforms cost as much for one channel as for eight.
  return gather.in_channels >= 4 &&
         tiles_pay(gather.batch, depth.count, height.count, width.count);
}

void run(const Gather &gather) {
  const Blocked input{gather.input,           gather.batch,          blocks(gather.in_channels),
                      gather.axes[0].inputs,  gather.axes[1].inputs, gather.axes[2].inputs};
  const Instructions set = instructions();
  const Scratch weights = scratch(gather.out_blocks * lines * weight_pitch(gather));
  transform_weights(gather, weights.get(), set);
  const int64_t tile_inputs = input.blocks * lines * pitch(input.width, 0);
  const int64_t room = tile_inputs + 2 * lines * pitch(input.width, 0);
  const Scratch rooms = scratch(threads() * room);
  parallel_in_rooms(tiles(input), [&](int64_t index, int64_t number) {
    const Tile tile(input, index);
    float *inputs = rooms.get() + number * room, *sums = inputs + tile_inputs;
    transform_inputs(input, tile, inputs, set);
    for (int64_t block = 0; block < gather.out_blocks; block += 2) {
      const int64_t count = block + 1 < gather.out_blocks ? 2 : 1;
      multiply(gather, inputs, weights.get(), block, count, sums, set);
      write_outputs(gather, tile, sums, block, count, set);
    }
  });
}

}  // namespace ckernels::winograd
