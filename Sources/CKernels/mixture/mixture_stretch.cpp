#include "mixture_stretch.hpp"

#include "../processor.hpp"

namespace ckernels {
namespace {

/// How many voxels share the loads of a factor and a mean.
constexpr int at_a_time = 4;

/// Sums `Voxels` neighbours.
template <int Voxels>
CKERNELS_INLINE void combine_some(float *output, const MixtureLanes &lanes, int64_t voxel) {
  float8 sums[Voxels] = {}, mean, factor, number;
  for (int64_t image = 0; image < lanes.count; ++image) {
    load(mean, lanes.mean[image]);
    load(factor, lanes.factor[image]);
    const float *source = lanes.images[image] + voxel * 8;
    for (int index = 0; index < Voxels; ++index) {
      load(number, source + index * 8);
      sums[index] += (number - mean) * factor;
    }
  }
  for (int index = 0; index < Voxels; ++index) store(output + (voxel + index) * 8, sums[index]);
}

CKERNELS_INLINE void combine(float *output, const MixtureLanes &lanes, int64_t voxels) {
  int64_t voxel = 0;
  for (; voxel + at_a_time <= voxels; voxel += at_a_time)
    combine_some<at_a_time>(output, lanes, voxel);
  for (; voxel < voxels; ++voxel) combine_some<1>(output, lanes, voxel);
}

/// Adds up `body(voxel, sum)` over the voxels in four chains, so that additions overlap.
template <typename Body>
CKERNELS_INLINE void sum_up(float *target, int64_t voxels, const Body &body) {
  float8 chains[4] = {};
  int64_t voxel = 0;
  for (; voxel + 4 <= voxels; voxel += 4) {
    for (int chain = 0; chain < 4; ++chain) body(voxel + chain, chains[chain]);
  }
  for (; voxel < voxels; ++voxel) body(voxel, chains[0]);
  store(target, (chains[0] + chains[1]) + (chains[2] + chains[3]));
}

CKERNELS_INLINE void products(float *sums, const float *gradient, const MixtureLanes &lanes,
                              int64_t voxels) {
  for (int64_t image = 0; image < lanes.count; ++image) {
    float8 mean;
    load(mean, lanes.mean[image]);
    const float *source = lanes.images[image];
    sum_up(sums + image * 8, voxels, [&](int64_t voxel, float8 &sum) CKERNELS_ALWAYS {
      float8 number, factor;
      load(number, source + voxel * 8);
      load(factor, gradient + voxel * 8);
      sum += (number - mean) * factor;
    });
  }
  sum_up(sums + lanes.count * 8, voxels, [&](int64_t voxel, float8 &sum) CKERNELS_ALWAYS {
    float8 number;
    load(number, gradient + voxel * 8);
    sum += number;
  });
}

CKERNELS_INLINE void gated_sum(float *result, const float *gate, float slope,
                               const float *const *images, int64_t gated, int64_t count,
                               int64_t voxels) {
  const float8 none{};
  for (int64_t voxel = 0; voxel < voxels; ++voxel) {
    float8 sum{}, number;
    for (int64_t image = 0; image < gated; ++image) {
      load(number, images[image] + voxel * 8);
      sum += number;
    }
    load(number, gate + voxel * 8);
    sum = number > none ? sum : sum * slope;
    for (int64_t image = gated; image < count; ++image) {
      load(number, images[image] + voxel * 8);
      sum += number;
    }
    store(result + voxel * 8, sum);
  }
}

CKERNELS_INLINE void leaky(float *output, const float *input, float slope, int64_t voxels) {
  const float8 none{};
  for (int64_t voxel = 0; voxel < voxels; ++voxel) {
    float8 number;
    load(number, input + voxel * 8);
    store(output + voxel * 8, number > none ? number : number * slope);
  }
}

#define CKERNELS_MIXTURE_STRETCH(name, instructions)                                            \
  struct name {                                                                                 \
    instructions static void combine(float *output, const MixtureLanes &lanes, int64_t voxels) { \
      ckernels::combine(output, lanes, voxels);                                                 \
    }                                                                                           \
    instructions static void products(float *sums, const float *gradient,                       \
                                      const MixtureLanes &lanes, int64_t voxels) {              \
      ckernels::products(sums, gradient, lanes, voxels);                                        \
    }                                                                                           \
    instructions static void gated_sum(float *result, const float *gate, float slope,           \
                                       const float *const *images, int64_t gated,               \
                                       int64_t count, int64_t voxels) {                         \
      ckernels::gated_sum(result, gate, slope, images, gated, count, voxels);                   \
    }                                                                                           \
    instructions static void leaky(float *output, const float *input, float slope,              \
                                   int64_t voxels) {                                            \
      ckernels::leaky(output, input, slope, voxels);                                            \
    }                                                                                           \
    static constexpr MixtureStretch all{combine, products, gated_sum, leaky};                   \
  }

CKERNELS_MIXTURE_STRETCH(Fast, CKERNELS_AVX2);
CKERNELS_MIXTURE_STRETCH(Portable, );

}  // namespace

const MixtureStretch &mixture_stretch() { return uses_avx2() ? Fast::all : Portable::all; }

}  // namespace ckernels
