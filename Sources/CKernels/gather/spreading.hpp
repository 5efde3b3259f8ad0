// Twice as many outputs as inputs along the width: the data gradient of stride 2, and upsampling by 2.
//
// A gather for every other output would write each line of the cache twice, half of it at a time. Here
// each number is loaded once, and added to the two or three neighbours that it reaches.

#pragma once

#include "gather.hpp"
#include "outputs.hpp"

namespace ckernels {

/// `Count` taps, the first of which adds input i to output `2 * i + First`.
template <int First, int Count>
struct Spreading {
  /// As many as leave registers for the factors: 16 of the thirty-two for pairs, else 8 of sixteen.
  template <typename Outputs>
  static constexpr int longest = Outputs::blocks > Outputs::vectors ? 16 : 8 / Outputs::vectors;
  static constexpr int unit = 2;

  static bool fits(const GatherAxis &axis) {
    if (axis.spread != 2 || axis.step != 1 || axis.taps.size() != Count) return false;
    for (int tap = 0; tap < Count; ++tap) {
      if (axis.taps[tap].offset != First + tap) return false;
    }
    return true;
  }

  template <typename Outputs, int Voxels>
  static CKERNELS_INLINE void add(Sums<Outputs, Voxels> &sums, const GatherAxis &width,
                                  const float *line, int64_t start, const float *weight,
                                  int64_t block_stride, int64_t lanes) {
    const int64_t first = start / 2;
    const float *weights[Count][2];
    for (int tap = 0; tap < Count; ++tap) {
      weights[tap][0] = weight + 64 * width.taps[tap].kernel;
      weights[tap][1] = weights[tap][0] + block_stride;
    }
    // Those before the first number reach no further than it, those after the last may not exist.
    constexpr int inner = Voxels / 2;
    const bool has_last = first + inner < width.inputs;
    const float *numbers = line + 8 * first;
    for (int64_t lane = 0; lane < lanes; ++lane, ++numbers) {
      typename Outputs::Vector factors[Count][Outputs::vectors];
      for (int tap = 0; tap < Count; ++tap) {
        for (int index = 0; index < Outputs::vectors; ++index) {
          Outputs::read(factors[tap][index], weights[tap], index, 8 * lane);
        }
      }
      add_numbers<Outputs, Voxels, 0, inner>(sums, numbers, factors);
      if (has_last) add_numbers<Outputs, Voxels, inner, inner + 1>(sums, numbers, factors);
    }
  }

 private:
  /// Adds what the numbers from `Index` to before `Last` contribute. Not a loop, as in `Sliding`.
  template <typename Outputs, int Voxels, int Index, int Last>
  static CKERNELS_INLINE void add_numbers(
      Sums<Outputs, Voxels> &sums, const float *numbers,
      const typename Outputs::Vector (&factors)[Count][Outputs::vectors]) {
    if constexpr (Index < Last) {
      const float number = numbers[8 * Index];
      add_products<Outputs, Voxels, Index, 0>(sums, number, factors);
      add_numbers<Outputs, Voxels, Index + 1, Last>(sums, numbers, factors);
    }
  }

  template <typename Outputs, int Voxels, int Index, int Tap>
  static CKERNELS_INLINE void add_products(
      Sums<Outputs, Voxels> &sums, float number,
      const typename Outputs::Vector (&factors)[Count][Outputs::vectors]) {
    if constexpr (Tap < Count) {
      constexpr int place = 2 * Index + First + Tap;
      if constexpr (place >= 0 && place < Voxels) {
        for (int index = 0; index < Outputs::vectors; ++index) {
          sums[index][place] += number * factors[Tap][index];
        }
      }
      add_products<Outputs, Voxels, Index, Tap + 1>(sums, number, factors);
    }
  }
};

}  // namespace ckernels
