// The sums of a weight gradient's products, and what they make.

#include "../weight_gradient/outer_products.hpp"
#include "gradient_steps.hpp"

namespace ckernels::winograd {
namespace {

/// Adds the products of the inputs' first block with one or two blocks of gradients.
void sweep_blocks(OuterProducts work, bool is_paired, Instructions instructions) {
  const int64_t rows = is_paired ? paired_product_rows : product_rows;
  for (int64_t lane = 0; lane < 8; lane += rows) {
    (is_paired ? paired_sweep(rows, taps) : sweep(rows, taps, instructions))(work);
    work.offsets += rows;
    work.sums += rows * work.sums_row;
  }
}

}  // namespace

void add_products(const SumsLayout &layout, const float *inputs, const float *gradients,
                  int64_t width, int64_t count, float *sums, Instructions instructions) noexcept {
  const int64_t input_line = pitch(width, 0), gradient_line = pitch(width, margin);
  int64_t input_rows[most_tiles], gradient_rows[most_tiles], offsets[8];
  for (int64_t tile = 0; tile < count; ++tile) {
    input_rows[tile] = tile * layout.in_blocks * lines * input_line;
    gradient_rows[tile] = tile * layout.out_blocks * lines * gradient_line;
  }
  for (int64_t lane = 0; lane < 8; ++lane) offsets[lane] = lane;
  OuterProducts work{};
  work.sums_row = taps * 8;
  work.sums_column = 8;
  work.sums_pair = layout.in_blocks * layout.pair();
  work.step = 8;
  work.offsets = offsets;
  work.column = -8;
  work.rows = {input_rows, gradient_rows, count, width};
  for (int64_t line = 0; line < lines; ++line) {
    for (int64_t out = 0, blocks; out < layout.out_blocks; out += blocks) {
      blocks = instructions == Instructions::avx512 && out + 1 < layout.out_blocks ? 2 : 1;
      work.pair = blocks == 2 ? lines * gradient_line : 0;
      // Tap 0 multiplies an input with the gradient of the output after it.
      work.gradient = gradients + (out * lines + line) * gradient_line + 2 * margin * 8;
      for (int64_t in = 0; in < layout.in_blocks; ++in) {
        work.input = inputs + (in * lines + line) * input_line;
        work.sums = sums + line * layout.line() + (out * layout.in_blocks + in) * layout.pair();
        sweep_blocks(work, blocks == 2, instructions);
      }
    }
  }
}

void transform_sums(const SumsLayout &layout, const float *sums, int64_t out_block,
                    int64_t in_block, float *target) noexcept {
  const float *source = sums + (out_block * layout.in_blocks + in_block) * layout.pair();
  for (int64_t index = 0; index < layout.pair(); index += 8) {
    float8 halfway[taps * products], seen[products], result[taps];
    for (int column = 0; column < products; ++column) {
      for (int row = 0; row < products; ++row) {
        load(seen[row], source + (row * products + column) * layout.line() + index);
      }
      transform_sums(halfway + column, products, seen);
    }
    const int64_t lane = index / (taps * 8), width_tap = index / 8 % taps;
    for (int row = 0; row < taps; ++row) {
      for (int column = 0; column < products; ++column) {
        seen[column] = halfway[row * products + column];
      }
      transform_sums(result, 1, seen);
      for (int column = 0; column < taps; ++column) {
        store(target + ((lane * taps + row) * taps * taps + column * taps + width_tap) * 8,
              result[column]);
      }
    }
  }
}

}  // namespace ckernels::winograd
