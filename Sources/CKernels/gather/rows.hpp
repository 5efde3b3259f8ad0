// Rows of outputs along the width, covered by tiles that stay in registers, for the instructions at hand.
//
// What a row is of, a gather's outputs or a line of Winograd's products, is the `Work`: it has `count()`
// outputs along the width and computes some with `tile<Outputs, Line, Voxels>(start)`, always inline; and
// it may be strided, dilated and spread, if it `has_all_widths`.

#pragma once

#include <algorithm>

#include "../parallel.hpp"
#include "gather.hpp"
#include "outputs.hpp"
#include "sliding.hpp"
#include "spreading.hpp"
#include "tap_by_tap.hpp"

namespace ckernels {

/// Computes `length` outputs from `start` on, at most `Voxels`.
template <typename Outputs, typename Line, int Voxels, typename Work>
CKERNELS_INLINE void tile_of(const Work &work, int64_t start, int64_t length) {
  if constexpr (Voxels > 1) {
    if (length < Voxels) return tile_of<Outputs, Line, Voxels - 1>(work, start, length);
  }
  work.template tile<Outputs, Line, Voxels>(start);
}

/// Computes a row by tiles that are as even as can be.
template <typename Outputs, typename Line, typename Work>
CKERNELS_INLINE void whole_row(const Work &work) {
  constexpr int longest = Line::template longest<Outputs>;
  const int64_t count = work.count();
  const int64_t units = (count + Line::unit - 1) / Line::unit;
  const int64_t tiles = (count + longest - 1) / longest;
  for (int64_t index = 0; index < tiles; ++index) {
    const Part part(units, tiles, index);
    const int64_t start = part.start * Line::unit, end = std::min(part.end * Line::unit, count);
    tile_of<Outputs, Line, longest>(work, start, end - start);
  }
}

/// The functions that compute a row, of one block of outputs or two.
template <typename Work>
struct Rows {
  typedef void (*Kernel)(const Work &work);

  template <typename Outputs, typename Line>
  static CKERNELS_AVX512 void avx512(const Work &work) {
    whole_row<Outputs, Line>(work);
  }

  template <typename Outputs, typename Line>
  static CKERNELS_AVX2 void avx2(const Work &work) {
    whole_row<Outputs, Line>(work);
  }

  template <typename Outputs, typename Line>
  static void portable(const Work &work) {
    whole_row<Outputs, Line>(work);
  }

  template <typename Line>
  static Kernel of_line(int64_t blocks, Instructions instructions) {
    switch (instructions) {
      case Instructions::avx512:
        return blocks == 2 ? avx512<Paired, Line> : avx512<Single<1, 32>, Line>;
      case Instructions::avx2: return blocks == 2 ? avx2<Single<2>, Line> : avx2<Single<1>, Line>;
      case Instructions::portable: break;
    }
    return blocks == 2 ? portable<Single<2>, Line> : portable<Single<1>, Line>;
  }

  /// The same for lines that need a register for each tap, which AVX2 has for one block of outputs.
  template <typename Line>
  static Kernel of_sliding(int64_t blocks, Instructions instructions) {
    if (blocks == 2) return avx512<Paired, Line>;
    return instructions == Instructions::avx512 ? avx512<Single<1, 32>, Line>
                                                : avx2<Single<1>, Line>;
  }

  /// The function for rows along such a width.
  static Kernel of(const GatherAxis &width, int64_t blocks, Instructions instructions) {
    if constexpr (Work::has_all_widths) {
      if (Spreading<-1, 3>::fits(width)) return of_line<Spreading<-1, 3>>(blocks, instructions);
      if (Spreading<0, 2>::fits(width)) return of_line<Spreading<0, 2>>(blocks, instructions);
    }
    const bool has_registers = instructions == Instructions::avx512 ||
                               (instructions == Instructions::avx2 && blocks == 1);
    if (!has_registers) return of_line<TapByTap>(blocks, instructions);
    if (Sliding<1, 1, 3>::fits(width)) return of_sliding<Sliding<1, 1, 3>>(blocks, instructions);
    if constexpr (Work::has_all_widths) {
      if (Sliding<1, 1, 5>::fits(width)) return of_sliding<Sliding<1, 1, 5>>(blocks, instructions);
      if (Sliding<1, 2, 3>::fits(width)) return of_sliding<Sliding<1, 2, 3>>(blocks, instructions);
      if (Sliding<2, 1, 3>::fits(width)) return of_sliding<Sliding<2, 1, 3>>(blocks, instructions);
    }
    return of_line<TapByTap>(blocks, instructions);
  }
};

}  // namespace ckernels
