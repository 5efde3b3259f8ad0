// One unit of work of a weight gradient: a slice of the rows, for a group of channel blocks.

#pragma once

#include "../memory.hpp"
#include "outer_products.hpp"
#include "plan.hpp"

namespace ckernels {

/// Adds up the products of its slice and group, tile by tile.
class Unit {
 public:
  Unit(const Plan &plan, int64_t number, const float *input, const float *gradient);

  /// Whether there was memory for the sums and the copies.
  bool ready() const {
    return sums_.data() && bias_.data() && copy_.data() && patch_.data() && rows_.data() &&
           offsets_.data();
  }

  /// Works through all tiles. Only a unit that is `ready`.
  void run();

  /// The sums of a pair of blocks, counted from this unit's first.
  const float *sums(int64_t output_block, int64_t input_block) const {
    return sums_.data() + (output_block * plan_.input_group + input_block) * plan_.pair;
  }
  /// The bias' sums of this unit's output blocks.
  const float *bias() const { return bias_.data(); }

  const int64_t slice;
  const int64_t first_output_block, last_output_block;
  const int64_t first_input_block, last_input_block;

 private:
  void run_tile(int64_t start, int64_t end);
  void copy_gradient(int64_t start, int64_t end);
  void copy_patch(int64_t start);
  /// The rows of the tile that a tap in depth and height reaches.
  Rows rows_for(int64_t start, int64_t end, int64_t depth_tap, int64_t height_tap);
  /// The products of all lanes of the unit's input blocks, for one tap in depth and height.
  void sweep_lanes(Rows rows, int64_t tap, int64_t width_tap);
  /// The products of everything that a plain input's patch holds.
  void sweep_patch(Rows rows);
  /// The products of `numbers` numbers of the input with all output blocks, from a tap on.
  void sweep_outputs(OuterProducts work, int64_t numbers, int64_t width_tap);

  const Plan &plan_;
  const float *input_;
  const float *gradient_;
  Memory<float> sums_, bias_, copy_, patch_;
  Memory<int64_t> rows_, offsets_;
};

}  // namespace ckernels
