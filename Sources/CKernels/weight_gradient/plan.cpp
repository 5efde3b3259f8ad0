#include "plan.hpp"

#include <algorithm>

#include "../guard.hpp"
#include "../processor.hpp"

namespace ckernels {
namespace {

/// How many voxels of a tile's rows stay in the first cache, beside the input's.
constexpr int64_t tile_voxels = 256;
/// A plain input is copied tile by tile with a border, which larger tiles make worth while.
constexpr int64_t plain_tile_voxels = 1024;
/// How many sums of a unit stay in the second cache.
constexpr int64_t unit_sums = 32768;
/// How many units are enough to keep the threads of a large machine busy.
constexpr int64_t wanted_units = 32;
/// How many sums all slices together may hold.
constexpr int64_t slice_sums = 4 << 20;

int64_t rounded_up(int64_t count, int64_t parts) { return (count + parts - 1) / parts; }

}  // namespace

Plan::Plan(const ckernels_convolution &given, bool is_plain) : convolution(given), plain(is_plain) {
  const auto &kernel = given.kernel, &stride = given.stride, &dilation = given.dilation;
  sliding = stride[2] == 1 && kernel[2] > 1;
  taps = kernel[0] * kernel[1] * kernel[2];
  input_blocks = plain ? 1 : blocks(given.input_channels);
  output_blocks = blocks(given.output_channels);
  pair = input_channels_of_block() * taps * 8;

  input_group = input_blocks;
  output_group = output_blocks;
  while (sums_of_unit() > unit_sums && input_group * output_group > 1) {
    int64_t &larger = input_group >= output_group ? input_group : output_group;
    larger = rounded_up(larger, 2);
  }
  input_groups = rounded_up(input_blocks, input_group);
  output_groups = rounded_up(output_blocks, output_group);

  rows = given.batch * given.output[0] * given.output[1];
  const int64_t width = given.output[2];
  tile = std::clamp<int64_t>((plain ? plain_tile_voxels : tile_voxels) / width, 1, rows);
  if (plain) tile = std::min(tile, given.output[1]);
  const int64_t all_sums = input_blocks * output_blocks * pair;
  slices = std::min({rounded_up(wanted_units, input_groups * output_groups),
                     rounded_up(rows, tile), std::max<int64_t>(1, slice_sums / all_sums)});

  const int64_t reach = (kernel[2] - 1) * dilation[2], padding = given.padding[2];
  left = sliding ? std::max<int64_t>(0, reach - padding) : 0;
  pitch = sliding ? left + std::max(width, given.input[2] + padding) : width;
  patch_height = (tile - 1) * stride[1] + (kernel[1] - 1) * dilation[1] + 1;
  patch_width = sliding ? given.input[2] : (width - 1) * stride[2] + reach + 1;
}

int64_t Plan::patch() const {
  if (!plain) return 0;
  return convolution.input_channels * convolution.kernel[0] * patch_height * patch_width;
}

void check(const ckernels_convolution &sizes) {
  require(sizes.batch > 0 && sizes.input_channels > 0 && sizes.output_channels > 0,
          "a convolution needs a batch and channels of at least 1");
  for (int axis = 0; axis < 3; ++axis) {
    require(sizes.kernel[axis] > 0 && sizes.stride[axis] > 0 && sizes.dilation[axis] > 0 &&
                sizes.padding[axis] >= 0 && sizes.input[axis] > 0,
            "a convolution's sizes, stride and dilation are at least 1, its padding at least 0");
    const int64_t room = sizes.input[axis] + 2 * sizes.padding[axis] -
                         (sizes.kernel[axis] - 1) * sizes.dilation[axis] - 1;
    require(room >= 0 && sizes.output[axis] == room / sizes.stride[axis] + 1,
            "a convolution's output does not have the size that its input and kernel give");
  }
}

}  // namespace ckernels
