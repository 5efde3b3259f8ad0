// A weight gradient by Winograd's minimal filtering: F(3x3, 4x4) along depth and height, on the same
// transformed inputs as the convolution; along the width each tap is a column of its own.
//
// A tile of 16 rows takes 36 lines of outer products where the direct way takes 9 for each row, 144. The
// tiles are cut into slices, each with sums of its own, four times as many as there are weights; these
// are added up in the slices' order.
//
// Measured on two cores of a Zen 5 with AVX-512, counted as what is really multiplied: 16 to 16 channels at
// 64³ 180 GFLOP/s of 600, 64 to 64 at 16³ 250, 128 to 128 at 8³ 115, where the sums outgrow the caches.

#include "weight_gradient.hpp"

#include <algorithm>

#include "../parallel.hpp"
#include "../scratch.hpp"
#include "../weight_gradient/weights.hpp"
#include "gradient_steps.hpp"

namespace ckernels::winograd {
namespace {

/// How many slices keep the threads of a large machine busy.
constexpr int64_t wanted_slices = 32;
/// How many sums all slices together may hold, where there are more than two.
constexpr int64_t most_sums = 2 << 20;
/// How many voxels the sums in registers should serve before they are written.
constexpr int64_t voxels_of_sweep = 64;

/// A weight gradient's tensors, and how its tiles are cut.
struct Work {
  Work(const ckernels_convolution &sizes, const float *input, const float *gradient)
      : input{input,         sizes.batch,    blocks(sizes.input_channels),
              sizes.input[0], sizes.input[1], sizes.input[2]},
        gradient{gradient,      sizes.batch,    blocks(sizes.output_channels),
                 sizes.input[0], sizes.input[1], sizes.input[2]},
        layout{this->input.blocks, this->gradient.blocks},
        together(std::clamp<int64_t>(voxels_of_sweep / sizes.input[2], 1, most_tiles)),
        slices(std::min({wanted_slices, (tiles(this->input) + together - 1) / together,
                         std::max<int64_t>(2, most_sums / layout.count())})) {}

  Blocked input, gradient;
  SumsLayout layout;
  int64_t together;
  int64_t slices;

  int64_t inputs() const { return input.blocks * lines * pitch(input.width, 0); }
  int64_t gradients() const { return gradient.blocks * lines * pitch(gradient.width, margin); }
  int64_t room() const { return together * (inputs() + gradients()); }
};

/// Adds up the products of a slice's tiles.
void run_slice(const Work &work, int64_t slice, float *room, float *sums, float *bias,
               Instructions set) noexcept {
  const Part part(tiles(work.input), work.slices, slice);
  float *gradients = room + work.together * work.inputs();
  for (int64_t start = part.start; start < part.end; start += work.together) {
    const int64_t count = std::min(work.together, part.end - start);
    for (int64_t index = 0; index < count; ++index) {
      const Tile tile(work.input, start + index);
      transform_inputs(work.input, tile, room + index * work.inputs(), set);
      transform_gradients(work.gradient, tile, gradients + index * work.gradients(), bias, set);
    }
    add_products(work.layout, room, gradients, work.input.width, count, sums, set);
  }
}

}  // namespace

bool pays(const ckernels_convolution &sizes) noexcept {
  for (int axis = 0; axis < 3; ++axis) {
    const bool is_usual = sizes.kernel[axis] == taps && sizes.stride[axis] == 1 &&
                          sizes.padding[axis] == 1 && sizes.dilation[axis] == 1;
    if (!is_usual) return false;
  }
  return sizes.input_channels >= 8 &&
         tiles_pay(sizes.batch, sizes.input[0], sizes.input[1], sizes.input[2]);
}

void weight_gradient(const ckernels_convolution &sizes, float *weights, float *bias,
                     const float *input, const float *gradient) {
  const Work work(sizes, input, gradient);
  const Instructions set = instructions();
  const int64_t of_slice = work.layout.count(), of_bias = work.gradient.blocks * 8;
  const Scratch sums = zeroed_scratch(work.slices * of_slice);
  const Scratch biases = zeroed_scratch(work.slices * of_bias);
  const Scratch rooms = zeroed_scratch(threads() * work.room());
  parallel_in_rooms(work.slices, [&](int64_t slice, int64_t room) {
    run_slice(work, slice, rooms.get() + room * work.room(), sums.get() + slice * of_slice,
              biases.get() + slice * of_bias, set);
  });
  const int64_t line = work.layout.line();
  parallel(lines, [&](int64_t index) {
    add_slices(sums.get() + index * line, line, work.slices, of_slice);
  });
  parallel(work.gradient.blocks * work.input.blocks, [&](int64_t pair) {
    float result[8 * taps * taps * taps * 8];
    const int64_t out = pair / work.input.blocks, in = pair % work.input.blocks;
    transform_sums(work.layout, sums.get(), out, in, result);
    write_weights(sizes, 8, out, in, result, weights);
  });
  add_slices(biases.get(), of_bias, work.slices, of_bias);
  if (bias) std::copy_n(biases.get(), sizes.output_channels, bias);
}

}  // namespace ckernels::winograd
