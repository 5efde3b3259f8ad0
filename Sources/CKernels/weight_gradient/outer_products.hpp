// The innermost loop of the weight gradient: sums of outer products, kept in registers.

#pragma once

#include <cstdint>

#include "../processor.hpp"

namespace ckernels {

/// Which rows of voxels a sweep runs over, as offsets in floats from the start of either tensor.
struct Rows {
  const int64_t *input;
  const int64_t *gradient;
  int64_t count;
  /// How many voxels of each row.
  int64_t width;
};

/// sums[i][j] += Σ over rows and voxels of input[i] · gradient[j], a number times eight lanes.
struct OuterProducts {
  float *sums;
  int64_t sums_row;     ///< From sums[i] to sums[i + 1].
  int64_t sums_column;  ///< From sums[·][j] to sums[·][j + 1].
  const float *input;
  int64_t step;            ///< From an input voxel to the next.
  const int64_t *offsets;  ///< Where input[i] is, beside input[0].
  const float *gradient;
  int64_t column;  ///< From gradient[j] to gradient[j + 1].
  /// From a column to the one it is paired with, if that is asked for: of the gradient, of the sums.
  int64_t pair;
  int64_t sums_pair;
  Rows rows;
};

/// How many rows and columns of products fit the sixteen registers.
enum { product_rows = 4, product_columns = 3 };
/// How many rows fit the thirty-two of AVX-512, where a column is of two blocks.
enum { paired_product_rows = 8 };

/// A sweep for `rows` × `columns` products: 1 to 4 by 1 to 3.
typedef void (*Sweep)(const OuterProducts &);
Sweep sweep(int64_t rows, int64_t columns, Instructions instructions);

/// The same for every column and the one `pair` after it, by AVX-512: 1 to 8 rows.
Sweep paired_sweep(int64_t rows, int64_t columns);

}  // namespace ckernels
