// Where the sums of a weight gradient's units go.

#pragma once

#include <algorithm>
#include <cstring>
#include <new>

#include "../memory.hpp"
#include "unit.hpp"
#include "weights.hpp"

namespace ckernels {

/// Where the results go: the weights' own order, or the sums of a slice for later.
class Results {
 public:
  Results(const Plan &plan, float *weights, float *bias)
      : plan_(plan),
        weights_(weights),
        bias_(bias),
        sums_(plan.slices > 1 ? plan.slices * sums_of_slice() : 0),
        biases_(plan.slices > 1 ? plan.slices * plan.output_blocks * 8 : 0) {
    if (!sums_.data() || !biases_.data()) throw std::bad_alloc();
  }

  /// Takes the sums of a unit that has run. Units write places of their own.
  void take(const Unit &unit) {
    for (int64_t out = unit.first_output_block; out < unit.last_output_block; ++out) {
      const int64_t local_out = out - unit.first_output_block;
      for (int64_t in = unit.first_input_block; in < unit.last_input_block; ++in) {
        const float *sums = unit.sums(local_out, in - unit.first_input_block);
        if (plan_.slices == 1) {
          write_block(out, in, sums);
        } else {
          std::memcpy(&sums_[unit.slice * sums_of_slice() + place(out, in)], sums,
                      sizeof(float) * plan_.pair);
        }
      }
      if (unit.first_input_block > 0) continue;
      const float *sums = unit.bias() + local_out * 8;
      if (plan_.slices == 1) {
        write_bias(out, sums);
      } else {
        std::memcpy(&biases_[(unit.slice * plan_.output_blocks + out) * 8], sums, sizeof(float[8]));
      }
    }
  }

  /// Adds up the slices, in their order. Blocks write places of their own.
  void finish(int64_t output_block) {
    if (plan_.slices == 1) return;
    for (int64_t in = 0; in < plan_.input_blocks; ++in) {
      float *sums = &sums_[place(output_block, in)];
      add_slices(sums, plan_.pair, plan_.slices, sums_of_slice());
      write_block(output_block, in, sums);
    }
    float *sums = &biases_[output_block * 8];
    add_slices(sums, 8, plan_.slices, plan_.output_blocks * 8);
    write_bias(output_block, sums);
  }

 private:
  int64_t sums_of_slice() const { return plan_.output_blocks * plan_.input_blocks * plan_.pair; }
  int64_t place(int64_t out, int64_t in) const { return (out * plan_.input_blocks + in) * plan_.pair; }

  void write_block(int64_t out, int64_t in, const float *sums) const {
    write_weights(plan_.convolution, plan_.input_channels_of_block(), out, in, sums, weights_);
  }

  void write_bias(int64_t out, const float *sums) const {
    if (!bias_) return;
    for (int64_t lane = 0; lane < 8 && out * 8 + lane < plan_.convolution.output_channels; ++lane)
      bias_[out * 8 + lane] = sums[lane];
  }

  const Plan &plan_;
  float *const weights_, *const bias_;
  Memory<float> sums_, biases_;
};

}  // namespace ckernels
