// The gradients of a tile's outputs, transformed along depth and height.

#include "gradient_steps.hpp"
#include "lines.hpp"

namespace ckernels::winograd {
namespace {

struct OfGradients {
  static constexpr int count = outputs, results = products;

  template <typename Vector>
  static CKERNELS_INLINE void apply(Vector (&result)[products], const Vector (&seen)[outputs]) {
    transform_gradients(result, 1, seen);
  }
};

CKERNELS_INLINE void add(const float *row, int64_t length, float *sums) {
  float8 even{}, odd{}, voxel;
  int64_t index = 0;
  for (; index + 8 < length; index += 16) {
    load(voxel, row + index);
    even += voxel;
    load(voxel, row + index + 8);
    odd += voxel;
  }
  if (index < length) {
    load(voxel, row + index);
    even += voxel;
  }
  load(voxel, sums);
  store(sums, voxel + (even + odd));
}

CKERNELS_AVX2 void add_avx2(const float *row, int64_t length, float *sums) { add(row, length, sums); }

void add_portable(const float *row, int64_t length, float *sums) { add(row, length, sums); }

}  // namespace

void transform_gradients(const Blocked &gradient, const Tile &tile, float *target, float *bias,
                         Instructions instructions) noexcept {
  const int64_t distance = pitch(gradient.width, margin);
  target += margin * 8;
  for (int64_t block = 0; block < gradient.blocks; ++block, target += lines * distance) {
    Lines<outputs, products> work;
    for (int64_t column = 0; column < outputs; ++column) {
      for (int64_t row = 0; row < products; ++row) {
        work.targets[row] = target + (row * products + column) * distance;
        if (row >= outputs) continue;
        work.sources[row] = gradient.find(tile.image, block, tile.z + row, tile.y + column);
        if (!work.sources[row]) continue;
        const bool is_fast = instructions != Instructions::portable;
        (is_fast ? add_avx2 : add_portable)(work.sources[row], gradient.row(), bias + block * 8);
      }
      transform<OfGradients>(work, gradient.row(), instructions);
    }
    for (int64_t row = 0; row < products; ++row) {
      for (int64_t column = 0; column < products; ++column) {
        work.targets[column] = target + (row * products + column) * distance;
        if (column < outputs) work.sources[column] = work.targets[column];
      }
      transform<OfGradients>(work, gradient.row(), instructions);
    }
  }
}

}  // namespace ckernels::winograd
