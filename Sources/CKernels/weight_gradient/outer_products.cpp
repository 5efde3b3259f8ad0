// The innermost loop of the weight gradient.
//
// Four numbers of the input times three vectors of the output's gradient make twelve products,
// whose sums stay in registers for a whole tile: seven loads (ten, as the third vector is read
// again each time) serve twelve multiply-adds, so the loop runs at the speed of the multipliers,
// not of the cache. The three vectors are either three taps along the width, which are one row of
// the gradient read at three places, or three blocks of output channels. With AVX-512 two of them are
// one vector: eight multiply-adds instead of twelve.

#include "outer_products.hpp"

#include "../processor.hpp"

namespace ckernels {
namespace {

template <int rows, int columns>
CKERNELS_INLINE void accumulate(const OuterProducts &work) {
  // Twelve sums, two columns and the input's number fill the registers: the last column stays in
  // memory then, where a multiply-add can read it.
  constexpr int held = rows * columns < 12 ? columns : columns - 1;
  float8 sums[rows][columns] = {};
  const int64_t step = work.step, width = work.rows.width, column = work.column;
  int64_t offsets[rows];
  for (int i = 0; i < rows; ++i) offsets[i] = work.offsets[i];
  for (int64_t row = 0; row < work.rows.count; ++row) {
    const float *input = work.input + work.rows.input[row];
    const float *gradient = work.gradient + work.rows.gradient[row];
    for (int64_t voxel = 0; voxel < width; ++voxel, input += step, gradient += 8) {
      float8 columns_held[columns], last;
      for (int j = 0; j < held; ++j) load(columns_held[j], gradient + j * column);
      for (int i = 0; i < rows; ++i) {
        const float number = input[offsets[i]];
        for (int j = 0; j < held; ++j) sums[i][j] += number * columns_held[j];
        if (held < columns) {
          load(last, gradient + held * column);
          sums[i][held] += number * last;
        }
        // Keeps the compiler from loading the next numbers early, which would spill the sums.
        asm volatile("" ::: "memory");
      }
    }
  }
  for (int i = 0; i < rows; ++i) {
    for (int j = 0; j < columns; ++j) {
      float *target = work.sums + i * work.sums_row + j * work.sums_column;
      float8 before;
      load(before, target);
      store(target, before + sums[i][j]);
    }
  }
}

/// The same with two columns side by side in one vector, and the third, if there is one, alone.
template <int rows, int columns>
CKERNELS_INLINE void accumulate_paired(const OuterProducts &work) {
  float16 pairs[rows] = {};
  float8 singles[rows] = {};
  const int64_t step = work.step, width = work.rows.width, column = work.column;
  int64_t offsets[rows];
  for (int i = 0; i < rows; ++i) offsets[i] = work.offsets[i];
  for (int64_t row = 0; row < work.rows.count; ++row) {
    const float *input = work.input + work.rows.input[row];
    const float *gradient = work.gradient + work.rows.gradient[row];
    for (int64_t voxel = 0; voxel < width; ++voxel, input += step, gradient += 8) {
      float16 pair;
      load(pair, gradient, gradient + column);
      float8 single = {};
      if (columns == 3) load(single, gradient + 2 * column);
      for (int i = 0; i < rows; ++i) {
        const float number = input[offsets[i]];
        pairs[i] += number * pair;
        if (columns == 3) singles[i] += number * single;
      }
    }
  }
  for (int i = 0; i < rows; ++i) {
    float *target = work.sums + i * work.sums_row;
    float16 before;
    load(before, target, target + work.sums_column);
    store(target, target + work.sums_column, before + pairs[i]);
    if (columns == 3) {
      float8 alone;
      load(alone, target + 2 * work.sums_column);
      store(target + 2 * work.sums_column, alone + singles[i]);
    }
  }
}

template <int rows, int columns>
CKERNELS_AVX512 void accumulate_avx512(const OuterProducts &work) {
  accumulate_paired<rows, columns>(work);
}

template <int rows, int columns>
CKERNELS_AVX2 void accumulate_avx2(const OuterProducts &work) {
  accumulate<rows, columns>(work);
}

template <int rows, int columns>
void accumulate_portable(const OuterProducts &work) {
  accumulate<rows, columns>(work);
}

template <int rows>
Sweep sweep_of(int64_t columns, Instructions instructions) {
  static const Sweep fast[] = {accumulate_avx2<rows, 1>, accumulate_avx2<rows, 2>,
                               accumulate_avx2<rows, 3>};
  static const Sweep widest[] = {accumulate_avx2<rows, 1>, accumulate_avx512<rows, 2>,
                                 accumulate_avx512<rows, 3>};
  static const Sweep portable[] = {accumulate_portable<rows, 1>, accumulate_portable<rows, 2>,
                                   accumulate_portable<rows, 3>};
  switch (instructions) {
    case Instructions::avx512: return widest[columns - 1];
    case Instructions::avx2: return fast[columns - 1];
    case Instructions::portable: break;
  }
  return portable[columns - 1];
}

}  // namespace

Sweep sweep(int64_t rows, int64_t columns, Instructions instructions) {
  switch (rows) {
    case 1: return sweep_of<1>(columns, instructions);
    case 2: return sweep_of<2>(columns, instructions);
    case 3: return sweep_of<3>(columns, instructions);
    default: return sweep_of<4>(columns, instructions);
  }
}

}  // namespace ckernels
