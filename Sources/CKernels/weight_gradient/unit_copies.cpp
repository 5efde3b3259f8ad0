// What a unit copies for each tile: rows between zeros.

#include <algorithm>
#include <cstring>

#include "../processor.hpp"
#include "unit.hpp"

namespace ckernels {
namespace {

/// Copies `count` voxels of a block and adds them to `sums`, eight lanes.
CKERNELS_INLINE void copy_and_add(float *target, float *sums, const float *source, int64_t count) {
  float8 even{}, odd{}, voxel, before;
  int64_t index = 0;
  for (; index + 1 < count; index += 2) {
    load(voxel, source + index * 8);
    store(target + index * 8, voxel);
    even += voxel;
    load(voxel, source + index * 8 + 8);
    store(target + index * 8 + 8, voxel);
    odd += voxel;
  }
  if (index < count) {
    load(voxel, source + index * 8);
    store(target + index * 8, voxel);
    even += voxel;
  }
  load(before, sums);
  store(sums, before + (even + odd));
}

CKERNELS_AVX2 void copy_and_add_avx2(float *target, float *sums, const float *source,
                                     int64_t count) {
  copy_and_add(target, sums, source, count);
}

void copy_and_add_portable(float *target, float *sums, const float *source, int64_t count) {
  copy_and_add(target, sums, source, count);
}

}  // namespace

void Unit::copy_gradient(int64_t start, int64_t end) {
  const auto &size = plan_.convolution.output;
  const int64_t rows_of_image = size[0] * size[1];
  for (int64_t block = first_output_block; block < last_output_block; ++block) {
    const int64_t local = block - first_output_block;
    float *target = &copy_[local * plan_.gradient_of_block() + plan_.left * 8];
    for (int64_t row = start; row < end; ++row, target += plan_.pitch * 8) {
      const int64_t image = row / rows_of_image * plan_.output_blocks + block;
      const float *source =
          gradient_ + (image * rows_of_image + row % rows_of_image) * size[2] * 8;
      const bool is_fast = plan_.instructions != Instructions::portable;
      (is_fast ? copy_and_add_avx2 : copy_and_add_portable)(target, &bias_[local * 8], source,
                                                            size[2]);
    }
  }
}

void Unit::copy_patch(int64_t start) {
  const ckernels_convolution &sizes = plan_.convolution;
  const auto &size = sizes.input, &padding = sizes.padding;
  const int64_t plane = start / sizes.output[1];
  const int64_t image = plane / sizes.output[0];
  const int64_t depth = plane % sizes.output[0] * sizes.stride[0] - padding[0];
  const int64_t height = start % sizes.output[1] * sizes.stride[1] - padding[1];
  const int64_t before = plan_.sliding ? 0 : padding[2];
  const int64_t width = std::min(size[2], plan_.patch_width - before);
  float *target = patch_.data();
  for (int64_t channel = 0; channel < sizes.input_channels; ++channel) {
    for (int64_t tap = 0; tap < sizes.kernel[0]; ++tap) {
      const int64_t z = depth + tap * sizes.dilation[0];
      for (int64_t y = height; y < height + plan_.patch_height; ++y, target += plan_.patch_width) {
        const int64_t row =
            ((image * sizes.input_channels + channel) * size[0] + z) * size[1] + y;
        const bool inside = z >= 0 && z < size[0] && y >= 0 && y < size[1];
        if (!inside) {
          std::memset(target, 0, sizeof(float) * plan_.patch_width);
        } else if (width > 0) {
          std::memcpy(target + before, input_ + row * size[2], sizeof(float) * width);
        }
      }
    }
  }
}

}  // namespace ckernels
