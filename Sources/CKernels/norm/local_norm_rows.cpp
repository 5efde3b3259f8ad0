#include "local_norm_rows.hpp"

#include "../processor.hpp"

namespace ckernels {
namespace {

template <typename Body>
CKERNELS_INLINE void for_rows(const Box &box, const Body &body) {
  for (int64_t z = 0; z < box.depth; ++z)
    for (int64_t y = 0; y < box.height; ++y)
      body(box.start + z * box.depth_stride + y * box.height_stride);
}

CKERNELS_INLINE void moments(float *result, const Box &box) {
  const float8 none{};
  const int64_t width = box.width;
  float8 sum = none, rest = none, square = none;
  for_rows(box, [&](const float *row) CKERNELS_ALWAYS {
    float8 part = none, voxel;
    for (int64_t x = 0; x < width; ++x) {
      load(voxel, row + x * 8);
      part += voxel;
    }
    sum += part;
  });
  const float share = 1.0f / static_cast<float>(box.depth * box.height * width);
  const float8 mean = sum * share;
  // The second look at the numbers, which are in the cache, takes away the error of the mean.
  for_rows(box, [&](const float *row) CKERNELS_ALWAYS {
    float8 part = none, squares = none, voxel;
    for (int64_t x = 0; x < width; ++x) {
      load(voxel, row + x * 8);
      voxel -= mean;
      part += voxel;
      squares += voxel * voxel;
    }
    rest += part;
    square += squares;
  });
  square -= rest * rest * share;
  store(result, mean + rest * share);
  store(result + 8, square > none ? square : none);
}

CKERNELS_INLINE void blend(float *result, const float *first, const float *second, float share,
                           int64_t count) {
  float8 left, right;
  for (int64_t index = 0; index < count; index += 8) {
    load(left, first + index);
    load(right, second + index);
    store(result + index, left + share * (right - left));
  }
}

CKERNELS_INLINE void apply(float *output, const float *input, int64_t count, const float *first,
                           const float *second, float share, float step, float slope) {
  const float8 none{};
  float8 factor, summand, factor_slope, summand_slope, voxel;
  load(factor, first);
  load(summand, first + 8);
  load(factor_slope, second);
  load(summand_slope, second + 8);
  factor_slope -= factor;
  summand_slope -= summand;
  for (int64_t index = 0; index < count; ++index) {
    const float here = share + static_cast<float>(index) * step;
    load(voxel, input + index * 8);
    voxel = voxel * (factor + here * factor_slope) + (summand + here * summand_slope);
    store(output + index * 8, voxel > none ? voxel : voxel * slope);
  }
}

#define CKERNELS_LOCAL_NORM_ROWS(name, instructions)                                            \
  struct name {                                                                                 \
    instructions static void moments(float *result, const Box &box) {                           \
      ckernels::moments(result, box);                                                           \
    }                                                                                           \
    instructions static void blend(float *result, const float *first, const float *second,      \
                                   float share, int64_t count) {                                \
      ckernels::blend(result, first, second, share, count);                                     \
    }                                                                                           \
    instructions static void apply(float *output, const float *input, int64_t count,            \
                                   const float *first, const float *second, float share,        \
                                   float step, float slope) {                                   \
      ckernels::apply(output, input, count, first, second, share, step, slope);                 \
    }                                                                                           \
    static constexpr LocalNormRows all{moments, blend, apply};                                  \
  }

CKERNELS_LOCAL_NORM_ROWS(Fast, CKERNELS_AVX2);
CKERNELS_LOCAL_NORM_ROWS(Portable, );

}  // namespace

const LocalNormRows &local_norm_rows() { return uses_avx2() ? Fast::all : Portable::all; }

}  // namespace ckernels
