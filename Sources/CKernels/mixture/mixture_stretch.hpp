// What a weighted sum of normalised images does to one stretch of voxels, for the instructions at hand.

#pragma once

#include <cstdint>

namespace ckernels {

/// The most images that are summed in one pass.
constexpr int64_t most_images = 32;

/// The images of a stretch, and what each is summed with, one number per lane.
struct MixtureLanes {
  int64_t count;
  const float *images[most_images];
  float mean[most_images][8];
  float factor[most_images][8];
};

struct MixtureStretch {
  /// output = Σ factor · (image - mean).
  void (*combine)(float *output, const MixtureLanes &lanes, int64_t voxels);
  /// sums[k] = Σ over the voxels of gradient · (image k - mean k); sums[count] = Σ gradient.
  void (*products)(float *sums, const float *gradient, const MixtureLanes &lanes, int64_t voxels);
  void (*gated_sum)(float *result, const float *gate, float slope, const float *const *images,
                    int64_t gated, int64_t count, int64_t voxels);
  void (*leaky)(float *output, const float *input, float slope, int64_t voxels);
};

/// The functions for this processor.
const MixtureStretch &mixture_stretch();

}  // namespace ckernels
