// What a weighted sum of images does to one stretch of voxels, for the instructions at hand.

#pragma once

#include <cstdint>

namespace ckernels {

/// The most images that are summed in one pass.
constexpr int64_t most_images = 32;

/// An image at a stretch, and what it is summed as: share · leaky((number - mean) · factor + shift), one
/// number per lane.
struct MixtureLanes {
  const float *image;
  float mean[8];
  float factor[8];
  float shift[8];
  float slope;
  float share;
};

/// What is taken from an image's gradient: its mean, and a part of (number - mean).
struct MixtureMeans {
  float gradient[8];
  float product[8];
};

struct MixtureStretch {
  void (*combine)(float *output, const MixtureLanes *lanes, int64_t count, int64_t voxels);
  /// Over the voxels, sums[2 k] = Σ of the gradient in front of image k's activation, sums[2 k + 1] = Σ of
  /// it times (number - mean); 8 lanes each.
  void (*products)(float *sums, const float *gradient, const MixtureLanes *lanes, int64_t count,
                   int64_t voxels);
  /// The gradient of one image.
  void (*gradient)(float *result, const float *gradient, const MixtureLanes &lanes,
                   const MixtureMeans &means, int64_t voxels);
  void (*gated_sum)(float *result, const float *gate, float slope, const float *const *images,
                    int64_t gated, int64_t count, int64_t voxels);
  void (*leaky)(float *output, const float *input, float slope, int64_t voxels);
};

/// The functions for this processor.
const MixtureStretch &mixture_stretch();

}  // namespace ckernels
