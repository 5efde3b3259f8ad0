#include "unit.hpp"

#include <algorithm>

#include "../parallel.hpp"

namespace ckernels {
namespace {

/// How many of the output blocks that are left make the next columns: never one after three.
int64_t columns_of(int64_t left) { return left == 4 ? 2 : std::min<int64_t>(left, product_columns); }

/// Sweeps over all numbers of the input, as many rows at a time as fit the registers.
void sweep_numbers(OuterProducts work, int64_t numbers, int64_t columns,
                   Instructions instructions) {
  const int64_t most = work.pair != 0 ? paired_product_rows : product_rows;
  const int64_t parts = (numbers + most - 1) / most;
  for (int64_t index = 0; index < parts; ++index) {
    const Part part(numbers, parts, index);
    OuterProducts rows = work;
    rows.offsets += part.start;
    rows.sums += part.start * work.sums_row;
    const int64_t count = part.end - part.start;
    (work.pair != 0 ? paired_sweep(count, columns) : sweep(count, columns, instructions))(rows);
  }
}

}  // namespace

Unit::Unit(const Plan &plan, int64_t number, const float *input, const float *gradient)
    : slice(number / (plan.input_groups * plan.output_groups)),
      first_output_block(number / plan.input_groups % plan.output_groups * plan.output_group),
      last_output_block(std::min(first_output_block + plan.output_group, plan.output_blocks)),
      first_input_block(number % plan.input_groups * plan.input_group),
      last_input_block(std::min(first_input_block + plan.input_group, plan.input_blocks)),
      plan_(plan),
      input_(input),
      gradient_(gradient),
      sums_(plan.sums_of_unit()),
      bias_(plan.output_group * 8),
      copy_(plan.output_group * plan.gradient_of_block()),
      patch_(plan.patch()),
      rows_(2 * plan.tile),
      offsets_(std::max<int64_t>(8, plan.pair / 8)) {}

void Unit::run() {
  const ckernels_convolution &sizes = plan_.convolution;
  const Part part(plan_.rows, plan_.slices, slice);
  for (int64_t start = part.start; start < part.end;) {
    int64_t end = std::min(start + plan_.tile, part.end);
    // A patch of a plain input lies within one image, and its rows follow one another.
    if (plan_.plain) end = std::min(end, (start / sizes.output[1] + 1) * sizes.output[1]);
    run_tile(start, end);
    start = end;
  }
}

void Unit::run_tile(int64_t start, int64_t end) {
  copy_gradient(start, end);
  const auto &kernel = plan_.convolution.kernel;
  if (plan_.plain) {
    copy_patch(start);
    Rows rows{rows_.data(), rows_.data() + plan_.tile, end - start, 0};
    for (int64_t row = 0; row < rows.count; ++row) {
      rows_[row] = row * plan_.convolution.stride[1] * plan_.patch_width;
      rows_[plan_.tile + row] = row * plan_.pitch * 8;
    }
    sweep_patch(rows);
    return;
  }
  for (int64_t depth = 0; depth < kernel[0]; ++depth) {
    for (int64_t height = 0; height < kernel[1]; ++height) {
      const Rows rows = rows_for(start, end, depth, height);
      if (rows.count == 0) continue;
      const int64_t tap = (depth * kernel[1] + height) * kernel[2];
      for (int64_t width = 0; width < kernel[2]; width += plan_.sliding ? product_columns : 1)
        sweep_lanes(rows, tap + width, width);
    }
  }
}

Rows Unit::rows_for(int64_t start, int64_t end, int64_t depth_tap, int64_t height_tap) {
  const ckernels_convolution &sizes = plan_.convolution;
  const auto &size = sizes.input;
  int64_t *input = rows_.data(), *gradient = rows_.data() + plan_.tile;
  Rows rows{input, gradient, 0, 0};
  for (int64_t row = start; row < end; ++row) {
    const int64_t image = row / (sizes.output[0] * sizes.output[1]);
    const int64_t z = row / sizes.output[1] % sizes.output[0] * sizes.stride[0] +
                      depth_tap * sizes.dilation[0] - sizes.padding[0];
    const int64_t y = row % sizes.output[1] * sizes.stride[1] + height_tap * sizes.dilation[1] -
                      sizes.padding[1];
    if (z < 0 || z >= size[0] || y < 0 || y >= size[1]) continue;
    input[rows.count] = ((image * plan_.input_blocks * size[0] + z) * size[1] + y) * size[2] * 8;
    gradient[rows.count++] = (row - start) * plan_.pitch * 8;
  }
  return rows;
}

void Unit::sweep_lanes(Rows rows, int64_t tap, int64_t width_tap) {
  const ckernels_convolution &sizes = plan_.convolution;
  const int64_t stride = sizes.stride[2];
  int64_t first = 0, shift = 0;
  rows.width = sizes.input[2];
  if (!plan_.sliding) {
    shift = width_tap * sizes.dilation[2] - sizes.padding[2];
    first = shift < 0 ? (stride - 1 - shift) / stride : 0;
    const int64_t room = sizes.input[2] - 1 - shift;
    rows.width = std::min(sizes.output[2], room < 0 ? 0 : room / stride + 1) - first;
    if (rows.width <= 0) return;
  }
  const int64_t volume = sizes.input[0] * sizes.input[1] * sizes.input[2];
  for (int64_t lane = 0; lane < 8; ++lane) offsets_[lane] = lane;
  for (int64_t block = first_input_block; block < last_input_block; ++block) {
    OuterProducts work{};
    work.sums = &sums_[(block - first_input_block) * plan_.pair + tap * 8];
    work.sums_row = plan_.taps * 8;
    work.input = input_ + (block * volume + first * stride + shift) * 8;
    work.step = stride * 8;
    work.offsets = offsets_.data();
    work.gradient = copy_.data() + first * 8;
    work.rows = rows;
    sweep_outputs(work, 8, width_tap);
  }
}

void Unit::sweep_patch(Rows rows) {
  const ckernels_convolution &sizes = plan_.convolution;
  const auto &kernel = sizes.kernel, &dilation = sizes.dilation;
  const int64_t width_taps = plan_.sliding ? 1 : kernel[2];
  int64_t numbers = 0;
  for (int64_t plane = 0; plane < sizes.input_channels * kernel[0]; ++plane) {
    for (int64_t height = 0; height < kernel[1]; ++height) {
      const int64_t row = plane * plan_.patch_height + height * dilation[1];
      for (int64_t width = 0; width < width_taps; ++width)
        offsets_[numbers++] = row * plan_.patch_width + width * dilation[2];
    }
  }
  OuterProducts work{};
  work.sums_row = plan_.taps * 8 / (numbers / sizes.input_channels);
  work.input = patch_.data();
  work.step = sizes.stride[2];
  work.offsets = offsets_.data();
  work.gradient = copy_.data();
  work.rows = rows;
  work.rows.width = plan_.sliding ? sizes.input[2] : sizes.output[2];
  for (int64_t width = 0; width < (plan_.sliding ? kernel[2] : 1); width += product_columns) {
    work.sums = &sums_[width * 8];
    sweep_outputs(work, numbers, width);
  }
}

void Unit::sweep_outputs(OuterProducts work, int64_t numbers, int64_t width_tap) {
  const ckernels_convolution &sizes = plan_.convolution;
  const int64_t outputs = last_output_block - first_output_block;
  const int64_t gradient_of_block = plan_.gradient_of_block();
  const int64_t sums_of_block = plan_.input_group * plan_.pair;
  const int64_t taps = std::min<int64_t>(product_columns, sizes.kernel[2] - width_tap);
  if (plan_.sliding)
    work.gradient += (plan_.left + sizes.padding[2] - width_tap * sizes.dilation[2]) * 8;
  for (int64_t output = 0; output < outputs;) {
    const int64_t left = outputs - output;
    const bool is_paired = plan_.instructions == Instructions::avx512 && left > 1;
    const int64_t blocks = is_paired ? 2 : 1;
    // Columns are taps of one or two output blocks, or else one tap of as many as fit.
    const int64_t columns = plan_.sliding ? taps
                            : is_paired ? std::min<int64_t>(left / 2, product_columns)
                                        : columns_of(left);
    OuterProducts part = work;
    part.sums += output * sums_of_block;
    part.gradient += output * gradient_of_block;
    part.column = plan_.sliding ? -sizes.dilation[2] * 8 : blocks * gradient_of_block;
    part.sums_column = plan_.sliding ? 8 : blocks * sums_of_block;
    part.pair = is_paired ? gradient_of_block : 0;
    part.sums_pair = sums_of_block;
    sweep_numbers(part, numbers, columns, plan_.instructions);
    output += plan_.sliding ? blocks : blocks * columns;
  }
}

}  // namespace ckernels
