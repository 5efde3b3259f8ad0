// All three or five taps of a line at once, where their weights have registers.
//
// Tap by tap, every multiply-add needs a number of its own from the cache, and two loads a cycle are all
// there are: the multipliers wait. Here each number is loaded once and serves all outputs that see it,
// with the weights of all taps in registers: of two blocks with AVX-512, 18 numbers and six halves of
// weights for 48 multiply-adds.

#pragma once

#include <algorithm>

#include "gather.hpp"
#include "outputs.hpp"

namespace ckernels {

/// `Count` taps `Dilation` apart, padded so that the middle one of output x is input `x * Stride`.
template <int Stride, int Dilation, int Count>
struct Sliding {
  /// How far the first tap is from the middle one.
  static constexpr int reach = Count / 2 * Dilation;
  /// How many neighbours are in registers at a time: enough to hide the latency of two multiply-adds a
  /// cycle. The compiler keeps no more than 19 vectors out of memory.
  template <typename Outputs>
  static constexpr int longest = std::min(Outputs::registers - 3, 19) - Count;
  static constexpr int unit = 1;

  /// Whether an axis is of this kind. Its taps may run either way.
  static bool fits(const GatherAxis &axis) {
    const auto &taps = axis.taps;
    const int64_t first = taps.empty() ? 0 : taps.front().offset;
    if (axis.stride != Stride || axis.step != 1 || axis.spread != 1 || taps.size() != Count ||
        (first != reach && first != -reach) ||
        axis.count != (axis.inputs + Stride - 1) / Stride) {
      return false;
    }
    const int64_t step = first < 0 ? Dilation : -Dilation;
    for (int tap = 1; tap < Count; ++tap) {
      if (taps[tap].offset != first + tap * step) return false;
    }
    return true;
  }

  template <typename Outputs, int Voxels>
  static CKERNELS_INLINE void add(Sums<Outputs, Voxels> &sums, const GatherAxis &width,
                                  const float *line, int64_t start, const float *weight,
                                  int64_t block_stride, int64_t lanes) {
    static_assert(Outputs::vectors == 1, "two vectors of weights for each tap have no registers");
    constexpr int span = (Voxels - 1) * Stride + 2 * reach + 1;
    const int64_t first = start * Stride - reach;
    const bool has_before = first >= 0, has_after = first + span <= width.inputs;
    const bool is_reversed = width.taps.front().offset > 0;
    const float *weights[Count][2];
    for (int tap = 0; tap < Count; ++tap) {
      weights[tap][0] = weight + 64 * width.taps[is_reversed ? Count - 1 - tap : tap].kernel;
      weights[tap][1] = weights[tap][0] + block_stride;
    }
    const float *numbers = line + 8 * first;
    // The next outputs' numbers, while the multipliers are busy with these.
    for (int voxel = span; voxel < 2 * span; voxel += 2) __builtin_prefetch(numbers + 8 * voxel);
    for (int64_t lane = 0; lane < lanes; ++lane, ++numbers) {
      typename Outputs::Vector factors[Count];
      for (int tap = 0; tap < Count; ++tap) Outputs::read(factors[tap], weights[tap], 0, 8 * lane);
      if (has_before) add_numbers<Outputs, Voxels, 0, reach>(sums, numbers, factors);
      add_numbers<Outputs, Voxels, reach, span - reach>(sums, numbers, factors);
      if (has_after) add_numbers<Outputs, Voxels, span - reach, span>(sums, numbers, factors);
    }
  }

 private:
  /// Adds what the numbers from `Index` to before `Last` of those that the outputs see contribute.
  ///
  /// Not a loop, because a compiler that unrolls a loop late has put the sums in memory by then.
  template <typename Outputs, int Voxels, int Index, int Last>
  static CKERNELS_INLINE void add_numbers(Sums<Outputs, Voxels> &sums, const float *numbers,
                                          const typename Outputs::Vector (&factors)[Count]) {
    if constexpr (Index < Last) {
      add_products<Outputs, Voxels, Index, 0>(sums, numbers[8 * Index], factors);
      add_numbers<Outputs, Voxels, Index + 1, Last>(sums, numbers, factors);
    }
  }

  template <typename Outputs, int Voxels, int Index, int Tap>
  static CKERNELS_INLINE void add_products(Sums<Outputs, Voxels> &sums, float number,
                                           const typename Outputs::Vector (&factors)[Count]) {
    if constexpr (Tap < Count) {
      add_product<Outputs, Voxels, Index - Tap * Dilation>(sums, number, factors[Tap]);
      add_products<Outputs, Voxels, Index, Tap + 1>(sums, number, factors);
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
