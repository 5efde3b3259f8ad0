// The three taps of a line at once, for AVX-512.
//
// Tap by tap, every multiply-add of sixteen outputs needs a number of its own from the cache, and two
// loads a cycle are all there are: the multipliers wait. Here each number is loaded once and serves
// the up to three outputs that see it, with the weights of three taps in registers: 18 numbers and six
// halves of weights for 48 multiply-adds.

#pragma once

#include "gather.hpp"
#include "outputs.hpp"

namespace ckernels {

/// Three taps `Dilation` apart, padded by as much, so that the middle one of output x is input
/// `x * Stride`.
template <int Stride, int Dilation>
struct Sliding {
  /// How many neighbours are in registers at a time: enough to hide the latency of two multiply-adds a
  /// cycle. The compiler keeps no more than 19 out of memory.
  template <typename Outputs>
  static constexpr int longest = 16;
  static constexpr int unit = 1;

  /// Whether an axis is of this kind. Its taps may run either way.
  static bool fits(const GatherAxis &axis) {
    const auto &taps = axis.taps;
    const int64_t first = taps.empty() ? 0 : taps.front().offset;
    return axis.stride == Stride && axis.step == 1 && axis.spread == 1 && taps.size() == 3 &&
           (first == Dilation || first == -Dilation) && taps[1].offset == 0 &&
           taps[2].offset == -first && axis.count == (axis.inputs + Stride - 1) / Stride;
  }

  template <typename Outputs, int Voxels>
  static CKERNELS_INLINE void add(Sums<Outputs, Voxels> &sums, const GatherAxis &width,
                                  const float *line, int64_t start, const float *weight,
                                  int64_t block_stride, int64_t lanes) {
    constexpr int span = (Voxels - 1) * Stride + 2 * Dilation + 1;
    const int64_t first = start * Stride - Dilation;
    const bool has_before = first >= 0, has_after = first + span <= width.inputs;
    const bool is_reversed = width.taps.front().offset > 0;
    const float *weights[3][2];
    for (int tap = 0; tap < 3; ++tap) {
      weights[tap][0] = weight + 64 * width.taps[is_reversed ? 2 - tap : tap].kernel;
      weights[tap][1] = weights[tap][0] + block_stride;
    }
    const float *numbers = line + 8 * first;
    // The next outputs' numbers, while the multipliers are busy with these.
    for (int voxel = span; voxel < 2 * span; voxel += 2) __builtin_prefetch(numbers + 8 * voxel);
    for (int64_t lane = 0; lane < lanes; ++lane, ++numbers) {
      typename Outputs::Vector factors[3];
      for (int tap = 0; tap < 3; ++tap) Outputs::read(factors[tap], weights[tap], 0, 8 * lane);
      if (has_before) add_numbers<Outputs, Voxels, 0, Dilation>(sums, numbers, factors);
      add_numbers<Outputs, Voxels, Dilation, span - Dilation>(sums, numbers, factors);
      if (has_after) add_numbers<Outputs, Voxels, span - Dilation, span>(sums, numbers, factors);
    }
  }

 private:
  /// Adds what the numbers from `Index` to before `Last` of those that the outputs see contribute.
  ///
  /// Not a loop, because a compiler that unrolls a loop late has put the sums in memory by then.
  template <typename Outputs, int Voxels, int Index, int Last>
  static CKERNELS_INLINE void add_numbers(Sums<Outputs, Voxels> &sums, const float *numbers,
                                          const typename Outputs::Vector (&factors)[3]) {
    if constexpr (Index < Last) {
      const float number = numbers[8 * Index];
      add_product<Outputs, Voxels, Index>(sums, number, factors[0]);
      add_product<Outputs, Voxels, Index - Dilation>(sums, number, factors[1]);
      add_product<Outputs, Voxels, Index - 2 * Dilation>(sums, number, factors[2]);
      add_numbers<Outputs, Voxels, Index + 1, Last>(sums, numbers, factors);
    }
  }

  /// Adds to the output whose tap is `Distance` after the first output's, if there is one.
  template <typename Outputs, int Voxels, int Distance>
  static CKERNELS_INLINE void add_product(Sums<Outputs, Voxels> &sums, float number,
                                          const typename Outputs::Vector &factor) {
    if constexpr (Distance >= 0 && Distance % Stride == 0 && Distance / Stride < Voxels) {
      sums[0][Distance / Stride] += number * factor;
    }
  }
};

}  // namespace ckernels
