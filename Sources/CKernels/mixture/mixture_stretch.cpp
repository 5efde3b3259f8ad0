#include "mixture_stretch.hpp"

#include "../processor.hpp"

namespace ckernels {
namespace {

/// How many voxels share the loads of a factor and a mean.
constexpr int at_a_time = 4;

/// What an image's numbers become in front of its activation.
struct Before {
  float8 mean, factor, shift;

  CKERNELS_INLINE explicit Before(const MixtureLanes &lanes) {
    load(mean, lanes.mean);
    load(factor, lanes.factor);
    load(shift, lanes.shift);
  }

  CKERNELS_INLINE void look(float8 &result, const float8 &number) const {
    result = (number - mean) * factor + shift;
  }
};

/// Sums `Voxels` neighbours.
template <int Voxels>
CKERNELS_INLINE void combine_some(float *output, const MixtureLanes *lanes, int64_t count,
                                  int64_t voxel) {
  const float8 none{};
  float8 sums[Voxels] = {};
  for (const MixtureLanes *image = lanes; image < lanes + count; ++image) {
    const Before before(*image);
    const float share = image->share, below = share * image->slope;
    const float *source = image->image + voxel * 8;
    for (int index = 0; index < Voxels; ++index) {
      float8 number, seen;
      load(number, source + index * 8);
      before.look(seen, number);
      sums[index] += seen > none ? seen * share : seen * below;
    }
  }
  for (int index = 0; index < Voxels; ++index) store(output + (voxel + index) * 8, sums[index]);
}

CKERNELS_INLINE void combine(float *output, const MixtureLanes *lanes, int64_t count,
                             int64_t voxels) {
  int64_t voxel = 0;
  for (; voxel + at_a_time <= voxels; voxel += at_a_time)
    combine_some<at_a_time>(output, lanes, count, voxel);
  for (; voxel < voxels; ++voxel) combine_some<1>(output, lanes, count, voxel);
}

/// The sums of one image, in four chains each, so that additions overlap.
CKERNELS_INLINE void products_of(float *target, const float *gradient, const MixtureLanes &lanes,
                                 int64_t voxels) {
  const float8 none{};
  const Before before(lanes);
  float8 sums[4] = {}, products[4] = {};
  for (int64_t voxel = 0; voxel < voxels; ++voxel) {
    float8 number, share, seen;
    load(number, lanes.image + voxel * 8);
    load(share, gradient + voxel * 8);
    // As on the way forward, so that the activation's side is the same to the last bit.
    before.look(seen, number);
    share = seen > none ? share : share * lanes.slope;
    sums[voxel % 4] += share;
    products[voxel % 4] += share * (number - before.mean);
  }
  store(target, (sums[0] + sums[1]) + (sums[2] + sums[3]));
  store(target + 8, (products[0] + products[1]) + (products[2] + products[3]));
}

CKERNELS_INLINE void products(float *sums, const float *gradient, const MixtureLanes *lanes,
                              int64_t count, int64_t voxels) {
  for (int64_t image = 0; image < count; ++image)
    products_of(sums + image * 16, gradient, lanes[image], voxels);
}

CKERNELS_INLINE void gradient_of(float *result, const float *gradient, const MixtureLanes &lanes,
                                 const MixtureMeans &means, int64_t voxels) {
  const float8 none{};
  const Before before(lanes);
  const float8 factor = before.factor * lanes.share;
  float8 mean, product, number, share, seen;
  load(mean, means.gradient);
  load(product, means.product);
  for (int64_t voxel = 0; voxel < voxels; ++voxel) {
    load(number, lanes.image + voxel * 8);
    load(share, gradient + voxel * 8);
    before.look(seen, number);
    share = seen > none ? share : share * lanes.slope;
    store(result + voxel * 8, (share - mean - (number - before.mean) * product) * factor);
  }
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
    instructions static void combine(float *output, const MixtureLanes *lanes, int64_t count,   \
                                     int64_t voxels) {                                          \
      ckernels::combine(output, lanes, count, voxels);                                          \
    }                                                                                           \
    instructions static void products(float *sums, const float *gradient,                       \
                                      const MixtureLanes *lanes, int64_t count,                 \
                                      int64_t voxels) {                                         \
      ckernels::products(sums, gradient, lanes, count, voxels);                                 \
    }                                                                                           \
    instructions static void gradient(float *result, const float *gradient,                     \
                                      const MixtureLanes &lanes, const MixtureMeans &means,     \
                                      int64_t voxels) {                                         \
      ckernels::gradient_of(result, gradient, lanes, means, voxels);                            \
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
    static constexpr MixtureStretch all{combine, products, gradient, gated_sum, leaky};         \
  }

CKERNELS_MIXTURE_STRETCH(Fast, CKERNELS_AVX2);
CKERNELS_MIXTURE_STRETCH(Portable, );

}  // namespace

const MixtureStretch &mixture_stretch() { return uses_avx2() ? Fast::all : Portable::all; }

}  // namespace ckernels
