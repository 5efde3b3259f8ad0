// The innermost loop of the weight gradient for AVX-512: two blocks of output channels in a vector.
//
// Eight numbers of the input times three vectors: 24 sums in registers, and eight numbers and six halves
// of vectors loaded for 24 multiply-adds, where two loads go with each.

#include "../processor.hpp"
#include "outer_products.hpp"

namespace ckernels {
namespace {

template <int rows, int columns>
CKERNELS_AVX512 void accumulate(const OuterProducts &work) {
  float16 sums[rows][columns] = {};
  const int64_t step = work.step, width = work.rows.width;
  const int64_t column = work.column, pair = work.pair;
  int64_t offsets[rows];
  for (int i = 0; i < rows; ++i) offsets[i] = work.offsets[i];
  for (int64_t row = 0; row < work.rows.count; ++row) {
    const float *input = work.input + work.rows.input[row];
    const float *gradient = work.gradient + work.rows.gradient[row];
    for (int64_t voxel = 0; voxel < width; ++voxel, input += step, gradient += 8) {
      float16 vectors[columns];
      for (int j = 0; j < columns; ++j)
        load(vectors[j], gradient + j * column, gradient + j * column + pair);
      for (int i = 0; i < rows; ++i) {
        const float number = input[offsets[i]];
        for (int j = 0; j < columns; ++j) sums[i][j] += number * vectors[j];
      }
    }
  }
  for (int i = 0; i < rows; ++i) {
    for (int j = 0; j < columns; ++j) {
      float *target = work.sums + i * work.sums_row + j * work.sums_column;
      float16 before;
      load(before, target, target + work.sums_pair);
      store(target, target + work.sums_pair, before + sums[i][j]);
    }
  }
}

template <int rows>
Sweep sweep_of(int64_t columns) {
  static const Sweep sweeps[] = {accumulate<rows, 1>, accumulate<rows, 2>, accumulate<rows, 3>};
  return sweeps[columns - 1];
}

}  // namespace

Sweep paired_sweep(int64_t rows, int64_t columns) {
  switch (rows) {
    case 1: return sweep_of<1>(columns);
    case 2: return sweep_of<2>(columns);
    case 3: return sweep_of<3>(columns);
    case 4: return sweep_of<4>(columns);
    case 5: return sweep_of<5>(columns);
    case 6: return sweep_of<6>(columns);
    case 7: return sweep_of<7>(columns);
    default: return sweep_of<8>(columns);
  }
}

}  // namespace ckernels
