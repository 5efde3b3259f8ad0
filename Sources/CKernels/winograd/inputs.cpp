// The inputs of a tile, transformed along depth and height.

#include "lines.hpp"

namespace ckernels::winograd {
namespace {

struct OfInputs {
  static constexpr int count = products, results = products;

  template <typename Vector>
  static CKERNELS_INLINE void apply(Vector (&result)[products], const Vector (&seen)[products]) {
    transform_inputs(result, 1, seen);
  }
};

}  // namespace

void transform_inputs(const Blocked &input, const Tile &tile, float *target,
                      Instructions instructions) noexcept {
  const int64_t distance = pitch(input.width, 0);
  for (int64_t block = 0; block < input.blocks; ++block, target += lines * distance) {
    Lines<products, products> work;
    for (int64_t column = 0; column < products; ++column) {
      for (int64_t row = 0; row < products; ++row) {
        work.sources[row] =
            input.find(tile.image, block, tile.z - 1 + row, tile.y - 1 + column);
        work.targets[row] = target + (row * products + column) * distance;
      }
      transform<OfInputs>(work, input.row(), instructions);
    }
    for (int64_t row = 0; row < products; ++row) {
      for (int64_t column = 0; column < products; ++column) {
        work.targets[column] = target + (row * products + column) * distance;
        work.sources[column] = work.targets[column];
      }
      transform<OfInputs>(work, input.row(), instructions);
    }
  }
}

}  // namespace ckernels::winograd
