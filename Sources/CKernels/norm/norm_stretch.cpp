#include "norm_stretch.hpp"

#include "../processor.hpp"
#include "../streaming.hpp"

namespace ckernels {
namespace {

/// Independent sums, so that an addition need not wait for the last one.
constexpr int ways = 4;

CKERNELS_INLINE void add_up(float *target, const float8 (&sums)[ways]) {
  store(target, (sums[0] + sums[1]) + (sums[2] + sums[3]));
}

CKERNELS_INLINE void moments(float *result, const float *input, int64_t count) {
  const float8 none{};
  float8 sums[ways] = {}, squares[ways] = {}, rests[ways] = {};
  float8 voxel, mean, rest, square;
  for (int64_t index = 0; index < count; ++index) {
    load(voxel, input + index * 8);
    sums[index % ways] += voxel;
  }
  add_up(result, sums);
  load(mean, result);
  const float share = 1.0f / static_cast<float>(count);
  mean *= share;
  // The second look at the numbers, which are in the cache, takes away the error of the mean.
  for (int64_t index = 0; index < count; ++index) {
    load(voxel, input + index * 8);
    voxel -= mean;
    rests[index % ways] += voxel;
    squares[index % ways] += voxel * voxel;
  }
  add_up(result, rests);
  load(rest, result);
  add_up(result + 8, squares);
  load(square, result + 8);
  square -= rest * rest * share;
  store(result, mean + rest * share);
  store(result + 8, square > none ? square : none);
}

template <bool streaming>
CKERNELS_INLINE void normalize(float *output, const float *input, int64_t count,
                               const NormLanes &lanes) {
  const float8 none{};
  float8 mean, factor, scale, shift, voxel;
  load(mean, lanes.mean);
  load(factor, lanes.inverse_deviation);
  load(scale, lanes.scale);
  load(shift, lanes.shift);
  factor *= scale;
  const float slope = lanes.slope;
  for (int64_t index = 0; index < count; ++index) {
    load(voxel, input + index * 8);
    voxel = (voxel - mean) * factor + shift;
    put<streaming>(output + index * 8, voxel > none ? voxel : voxel * slope);
  }
}

/// The gradient in front of the activation, and the normalised input.
struct Behind {
  float8 mean, inverse_deviation, scale, shift;
  float slope;

  CKERNELS_INLINE explicit Behind(const NormLanes &lanes) : slope(lanes.slope) {
    load(mean, lanes.mean);
    load(inverse_deviation, lanes.inverse_deviation);
    load(scale, lanes.scale);
    load(shift, lanes.shift);
  }

  CKERNELS_INLINE void look(float8 &gradient, float8 &normalized, const float *gradients,
                            const float *input) const {
    const float8 none{};
    load(gradient, gradients);
    load(normalized, input);
    // As on the way forward, so that the activation's side is the same to the last bit.
    const float8 before = (normalized - mean) * (inverse_deviation * scale) + shift;
    gradient = before > none ? gradient : gradient * slope;
    normalized = (normalized - mean) * inverse_deviation;
  }
};

CKERNELS_INLINE void gradient_sums(float *result, const float *gradients, const float *input,
                                   int64_t count, const NormLanes &lanes) {
  const Behind behind(lanes);
  float8 sums[ways] = {}, products[ways] = {};
  float8 gradient, normalized;
  for (int64_t index = 0; index < count; ++index) {
    behind.look(gradient, normalized, gradients + index * 8, input + index * 8);
    sums[index % ways] += gradient;
    products[index % ways] += gradient * normalized;
  }
  add_up(result, sums);
  add_up(result + 8, products);
}

template <bool streaming>
CKERNELS_INLINE void input_gradient(float *result, const float *gradients, const float *input,
                                    int64_t count, const NormLanes &lanes,
                                    const GradientMeans &means) {
  const Behind behind(lanes);
  const float8 factor = behind.inverse_deviation * behind.scale;
  float8 gradient, normalized, mean, product;
  load(mean, means.gradient);
  load(product, means.product);
  for (int64_t index = 0; index < count; ++index) {
    behind.look(gradient, normalized, gradients + index * 8, input + index * 8);
    put<streaming>(result + index * 8, (gradient - mean - normalized * product) * factor);
  }
}

#define CKERNELS_NORM_STRETCH(name, instructions)                                              \
  struct name {                                                                                \
    instructions static void moments(float *result, const float *input, int64_t count) {       \
      ckernels::moments(result, input, count);                                                 \
    }                                                                                          \
    instructions static void normalize(float *output, const float *input, int64_t count,       \
                                       const NormLanes &lanes, bool streaming) {               \
      if (streaming) {                                                                         \
        ckernels::normalize<true>(output, input, count, lanes);                                \
      } else {                                                                                 \
        ckernels::normalize<false>(output, input, count, lanes);                               \
      }                                                                                        \
    }                                                                                          \
    instructions static void gradient_sums(float *sums, const float *gradient,                 \
                                           const float *input, int64_t count,                  \
                                           const NormLanes &lanes) {                           \
      ckernels::gradient_sums(sums, gradient, input, count, lanes);                            \
    }                                                                                          \
    instructions static void input_gradient(float *result, const float *gradient,              \
                                            const float *input, int64_t count,                 \
                                            const NormLanes &lanes,                            \
                                            const GradientMeans &means, bool streaming) {      \
      if (streaming) {                                                                         \
        ckernels::input_gradient<true>(result, gradient, input, count, lanes, means);          \
      } else {                                                                                 \
        ckernels::input_gradient<false>(result, gradient, input, count, lanes, means);         \
      }                                                                                        \
    }                                                                                          \
    static constexpr NormStretch all{moments, normalize, gradient_sums, input_gradient};       \
  }

CKERNELS_NORM_STRETCH(Fast, CKERNELS_AVX2);
CKERNELS_NORM_STRETCH(Portable, );

}  // namespace

const NormStretch &norm_stretch() { return uses_avx2() ? Fast::all : Portable::all; }

}  // namespace ckernels
