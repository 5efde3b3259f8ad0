// The images of a mixture, plane by plane and stretch by stretch.

#pragma once

#include <algorithm>

#include "../guard.hpp"
#include "../include/CKernelsMixture.h"
#include "../norm/lanes.hpp"
#include "../norm/stretches.hpp"
#include "../processor.hpp"
#include "mixture_stretch.hpp"

namespace ckernels {

inline void check(const ckernels_mixture *mixture) {
  require(mixture != nullptr, "a mixture needs its sizes");
  require(mixture->batch > 0 && mixture->channels > 0 && mixture->voxels > 0,
          "a mixture needs images of at least one voxel");
  require(mixture->count >= 0 && mixture->count <= most_images, "a mixture has at most 32 images");
}

inline Stretches stretches_of(const ckernels_mixture &mixture) {
  return {mixture.batch * blocks(mixture.channels), mixture.voxels};
}

/// Where a plane's stretch begins in a blocked image.
inline int64_t place(const ckernels_mixture &mixture, int64_t plane, int64_t stretch) {
  return (plane * mixture.voxels + stretch * Stretches::length) * 8;
}

/// Where the numbers of a plane's image begin among those of all images.
inline int64_t lanes_place(const ckernels_mixture &mixture, int64_t image, int64_t plane) {
  return (image * stretches_of(mixture).planes + plane) * 8;
}

/// An image at a stretch.
inline MixtureLanes lanes_of(const ckernels_mixture &mixture, int64_t index, const float *mean,
                      const float *inverse_deviation, int64_t plane, int64_t stretch) {
  const ckernels_mixed_image &image = mixture.images[index];
  MixtureLanes lanes{};
  lanes.image = image.numbers + place(mixture, plane, stretch);
  lanes.share = image.share;
  lanes.slope = 1;
  std::fill_n(lanes.factor, 8, 1.0f);
  if (!image.is_normalized) return lanes;
  const int64_t first = lanes_place(mixture, index, plane);
  const int64_t block = plane % blocks(mixture.channels);
  read_lanes(lanes.factor, image.scale, mixture.channels, block, 1);
  read_lanes(lanes.shift, image.shift, mixture.channels, block, 0);
  for (int lane = 0; lane < 8; ++lane) {
    lanes.mean[lane] = mean[first + lane];
    lanes.factor[lane] *= inverse_deviation[first + lane];
  }
  lanes.slope = image.slope;
  return lanes;
}

/// The images of a mixture at a stretch.
class AllLanes {
 public:
  AllLanes(const ckernels_mixture &mixture, const float *mean, const float *inverse_deviation,
           int64_t plane, int64_t stretch) {
    for (int64_t image = 0; image < mixture.count; ++image)
      lanes[image] = lanes_of(mixture, image, mean, inverse_deviation, plane, stretch);
  }

  MixtureLanes lanes[most_images];
};

}  // namespace ckernels
