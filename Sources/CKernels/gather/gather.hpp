// A convolution seen from its outputs: each gathers what it needs, so nothing is written twice.
//
// The forward convolution, its data gradient, and the transposed convolution are all gathers that
// differ in where they read and write along each axis.

#pragma once

#include <cstdint>
#include <vector>

namespace ckernels {

/// How a gather runs along one axis: output `phase + o * step` reads, for each tap, the input
/// `o * stride + tap.offset`, and nothing where that is outside.
struct GatherAxis {
  struct Tap {
    int64_t kernel;  // where along the kernel the weight lies
    int64_t offset;
  };

  int64_t inputs;
  int64_t outputs;  // how long the whole output is
  int64_t count;    // how many of its elements this gather writes
  int64_t step;
  int64_t phase;
  int64_t stride;
  int64_t kernel;  // how long the kernel is
  std::vector<Tap> taps;
  /// Above 1, along the width alone: input i is what the outputs `i * spread + tap.offset` read.
  int64_t spread = 1;
};

/// What a gather reads and writes. Arrays are blocked; weights are packed as
/// [out_blocks, in_blocks, kernel…, 8 inputs, 8 outputs].
struct Gather {
  const float *input;
  const float *weight;
  const float *bias;  // [out_blocks · 8], or null
  float *output;
  int64_t batch;
  int64_t in_channels;
  int64_t out_blocks;
  GatherAxis axes[3];  // depth, height, width
};

/// Whether there is a kernel for such a width whose inputs are spread.
bool can_spread(const GatherAxis &width) noexcept;

/// Runs a gather on all threads, each output by adding up all its products.
void run(const Gather &gather) noexcept;

}  // namespace ckernels
