// The outputs of a tile, from the products of its lines.

#include "convolution_steps.hpp"
#include "lines.hpp"

namespace ckernels::winograd {
namespace {

struct OfProducts {
  static constexpr int count = products, results = outputs;

  template <typename Vector>
  static CKERNELS_INLINE void apply(Vector (&result)[outputs], const Vector (&seen)[products]) {
    transform_products(result, 1, seen);
  }
};

/// One block's outputs; overwrites the products.
void write_block(const Blocked &output, float *numbers, const Tile &tile, int64_t block, float *sums,
                 const float8 &bias, Instructions instructions) {
  const int64_t distance = pitch(output.width, 0);
  Lines<products, outputs> work;
  for (int64_t column = 0; column < products; ++column) {
    for (int64_t row = 0; row < products; ++row) {
      work.sources[row] = sums + (row * products + column) * distance;
      if (row < outputs) work.targets[row] = sums + (row * products + column) * distance;
    }
    transform<OfProducts>(work, output.row(), instructions);
  }
  for (int64_t row = 0; row < outputs && tile.z + row < output.depth; ++row) {
    for (int64_t column = 0; column < products; ++column) {
      work.sources[column] = sums + (row * products + column) * distance;
    }
    for (int64_t column = 0; column < outputs; ++column) {
      const bool is_inside = tile.y + column < output.height;
      const int64_t place = output.place(tile.image, block, tile.z + row, tile.y + column);
      work.targets[column] = is_inside ? numbers + place : nullptr;
    }
    transform<OfProducts>(work, output.row(), instructions, bias);
  }
}

}  // namespace

void write_outputs(const Gather &gather, const Tile &tile, float *sums, int64_t out_block,
                   int64_t blocks, Instructions instructions) noexcept {
  const Blocked output{nullptr, gather.batch, gather.out_blocks, gather.axes[0].outputs,
                       gather.axes[1].outputs, gather.axes[2].outputs};
  for (int64_t block = out_block; block < out_block + blocks; ++block) {
    float8 bias{};
    if (gather.bias) load(bias, gather.bias + 8 * block);
    write_block(output, gather.output, tile, block, sums, bias, instructions);
    sums += lines * pitch(output.width, 0);
  }
}

}  // namespace ckernels::winograd
