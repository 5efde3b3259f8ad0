// The weighted sum of normalised images, and its way back.
//
// Arithmetic intensity: three operations for each number of an image, so bound by bandwidth. Forward
// reads every image twice (its moments, the sum) and writes one; backward reads every image for its
// product with the gradient, and once more where its own gradient is written. Normalising, weighing
// and adding up one after another reads five images for each where the sum reads two, and writes three.

#include "../include/CKernelsMixture.h"

#include <algorithm>
#include <cstring>
#include <new>
#include <vector>

#include "../guard.hpp"
#include "../memory.hpp"
#include "../norm/moments.hpp"
#include "../norm/norm_stretch.hpp"
#include "../norm/stretches.hpp"
#include "../processor.hpp"
#include "../scratch.hpp"
#include "mixture_stretch.hpp"

namespace ckernels {
namespace {

void check(const ckernels_mixture *mixture) {
  require(mixture != nullptr, "a mixture needs its sizes");
  require(mixture->batch > 0 && mixture->channels > 0 && mixture->voxels > 0,
          "a mixture needs images of at least one voxel");
  require(mixture->count >= 0 && mixture->count < most_images, "a mixture has at most 31 images");
}

Stretches stretches_of(const ckernels_mixture &mixture) {
  return {mixture.batch * blocks(mixture.channels), mixture.voxels};
}

/// Where a plane's stretch begins in a blocked image.
int64_t place(const ckernels_mixture &mixture, int64_t plane, int64_t stretch) {
  return (plane * mixture.voxels + stretch * Stretches::length) * 8;
}

/// The images at a stretch, each with its mean and 1 as its factor.
MixtureLanes lanes_at(const ckernels_mixture &mixture, const float *mean, int64_t plane,
                      int64_t stretch) {
  const int64_t planes = stretches_of(mixture).planes;
  MixtureLanes lanes;
  lanes.count = mixture.count;
  for (int64_t image = 0; image < mixture.count; ++image) {
    lanes.images[image] = mixture.images[image] + place(mixture, plane, stretch);
    std::memcpy(lanes.mean[image], mean + (image * planes + plane) * 8, sizeof(float[8]));
    std::fill_n(lanes.factor[image], 8, 1.0f);
  }
  return lanes;
}

/// Mean and inverse deviation of every image at a plane.
void join_all(const ckernels_mixture &mixture, float *mean, float *inverse_deviation,
              const float *moments, int64_t plane) {
  const Stretches stretches = stretches_of(mixture);
  for (int64_t image = 0; image < mixture.count; ++image) {
    const int64_t index = image * stretches.planes + plane;
    if (mixture.is_normalized[image]) {
      join_moments(mean + index * 8, inverse_deviation + index * 8,
                   moments + index * stretches.per_plane() * 16, stretches, mixture.epsilon);
    } else {
      std::fill_n(mean + index * 8, 8, 0.0f);
      std::fill_n(inverse_deviation + index * 8, 8, 1.0f);
    }
  }
}

/// Adds up the sums of the stretches, in their order, to [count + 1, planes, 8].
void join_products(const ckernels_mixture &mixture, float *sums, const float *parts) {
  const Stretches stretches = stretches_of(mixture);
  const int64_t rows = (mixture.count + 1) * 8;
  for (int64_t plane = 0; plane < stretches.planes; ++plane) {
    for (int64_t row = 0; row < rows; ++row) {
      double sum = 0;
      for (int64_t stretch = 0; stretch < stretches.per_plane(); ++stretch)
        sum += parts[(plane * stretches.per_plane() + stretch) * rows + row];
      sums[(row / 8 * stretches.planes + plane) * 8 + row % 8] = static_cast<float>(sum);
    }
  }
}

}  // namespace
}  // namespace ckernels

using namespace ckernels;

int ckernels_mixture_forward(const ckernels_mixture *mixture, float *output, float *mean,
                             float *inverse_deviation) {
  return guarded([&] {
    check(mixture);
    const Stretches stretches = stretches_of(*mixture);
    const int64_t planes = stretches.planes, per_plane = stretches.per_plane();
    const Scratch moments = scratch(std::max<int64_t>(1, mixture->count) * planes * per_plane * 16);
    const auto moments_of = norm_stretch().moments;
    const MixtureStretch &kernel = mixture_stretch();
    stretches.run(
        [&](int64_t plane, int64_t stretch) {
          for (int64_t image = 0; image < mixture->count; ++image) {
            if (!mixture->is_normalized[image]) continue;
            moments_of(&moments[((image * planes + plane) * per_plane + stretch) * 16],
                       mixture->images[image] + place(*mixture, plane, stretch),
                       stretches.count(stretch));
          }
        },
        [&](int64_t plane) {
          join_all(*mixture, mean, inverse_deviation, moments.get(), plane);
        },
        [&](int64_t plane, int64_t stretch) {
          MixtureLanes lanes = lanes_at(*mixture, mean, plane, stretch);
          for (int64_t image = 0; image < mixture->count; ++image) {
            const float *deviation = inverse_deviation + (image * planes + plane) * 8;
            for (int lane = 0; lane < 8; ++lane)
              lanes.factor[image][lane] = mixture->shares[image] * deviation[lane];
          }
          kernel.combine(output + place(*mixture, plane, stretch), lanes,
                         stretches.count(stretch));
        });
  });
}

int ckernels_mixture_sums(const ckernels_mixture *mixture, float *share_gradients, float *sums,
                          const float *output_gradient, const float *mean,
                          const float *inverse_deviation) {
  return guarded([&] {
    check(mixture);
    const Stretches stretches = stretches_of(*mixture);
    const int64_t rows = (mixture->count + 1) * 8, length = stretches.planes * 8;
    const Scratch parts = scratch(stretches.planes * stretches.per_plane() * rows);
    const MixtureStretch &kernel = mixture_stretch();
    stretches.for_all([&](int64_t plane, int64_t stretch) {
      kernel.products(&parts[(plane * stretches.per_plane() + stretch) * rows],
                      output_gradient + place(*mixture, plane, stretch),
                      lanes_at(*mixture, mean, plane, stretch), stretches.count(stretch));
    });
    join_products(*mixture, sums, parts.get());
    for (int64_t image = 0; image < mixture->count; ++image) {
      double gradient = 0;
      for (int64_t index = image * length; index < (image + 1) * length; ++index)
        gradient += static_cast<double>(sums[index]) * inverse_deviation[index];
      share_gradients[image] = static_cast<float>(gradient);
    }
  });
}

int ckernels_mixture_gradient(const ckernels_mixture *mixture, int64_t index,
                              float *image_gradient, const float *output_gradient,
                              const float *sums, const float *mean,
                              const float *inverse_deviation) {
  return guarded([&] {
    check(mixture);
    require(index >= 0 && index < mixture->count, "a mixture has no image of this number");
    const Stretches stretches = stretches_of(*mixture);
    const bool is_normalized = mixture->is_normalized[index] != 0;
    const float share = mixture->shares[index];
    const float part = 1.0f / static_cast<float>(mixture->voxels);
    const MixtureStretch &kernel = mixture_stretch();
    stretches.for_all([&](int64_t plane, int64_t stretch) {
      const int64_t start = place(*mixture, plane, stretch);
      MixtureLanes lanes;
      lanes.count = is_normalized ? 2 : 1;
      lanes.images[0] = output_gradient + start;
      lanes.images[1] = mixture->images[index] + start;
      for (int lane = 0; lane < 8; ++lane) {
        const int64_t at = (index * stretches.planes + plane) * 8 + lane;
        const float all = sums[(mixture->count * stretches.planes + plane) * 8 + lane];
        const float deviation = inverse_deviation[at];
        lanes.mean[0][lane] = is_normalized ? all * part : 0.0f;
        lanes.factor[0][lane] = share * deviation;
        lanes.mean[1][lane] = mean[at];
        lanes.factor[1][lane] = -share * deviation * deviation * deviation * sums[at] * part;
      }
      kernel.combine(image_gradient + start, lanes, stretches.count(stretch));
    });
  });
}

int ckernels_gated_sum(float *input_gradient, const float *input, float slope,
                       const float *const *gradients, int64_t gated, int64_t count,
                       int64_t length) {
  return guarded([&] {
    require(length >= 0 && length % 8 == 0 && gated >= 0 && gated <= count && count <= most_images,
            "a sum of gradients needs whole blocks, and at most 32 of them");
    const Stretches stretches{1, length / 8};
    const MixtureStretch &kernel = mixture_stretch();
    stretches.for_all([&](int64_t, int64_t stretch) {
      const int64_t start = stretch * Stretches::length * 8;
      const float *parts[most_images];
      for (int64_t index = 0; index < count; ++index) parts[index] = gradients[index] + start;
      kernel.gated_sum(input_gradient + start, input + start, slope, parts, gated, count,
                       stretches.count(stretch));
    });
  });
}

int ckernels_leaky(float *output, const float *input, float slope, int64_t length) {
  return guarded([&] {
    require(length >= 0 && length % 8 == 0, "an activation needs whole blocks");
    const Stretches stretches{1, length / 8};
    const MixtureStretch &kernel = mixture_stretch();
    stretches.for_all([&](int64_t, int64_t stretch) {
      const int64_t start = stretch * Stretches::length * 8;
      kernel.leaky(output + start, input + start, slope, stretches.count(stretch));
    });
  });
}
