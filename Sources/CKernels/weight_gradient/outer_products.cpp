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
  static const Sweep portable[] = {accumulate_portable<rows, 1>, accumulate_portable<rows, 2>,
                                   accumulate_portable<rows, 3>};
  return (instructions == Instructions::portable ? portable : fast)[columns - 1];
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
