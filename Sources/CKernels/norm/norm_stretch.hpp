// What instance normalisation does to one stretch of voxels, for the instructions at hand.

#pragma once

#include <cstdint>

namespace ckernels {

/// What one block of channels of one image is normalised with, one number per lane.
struct NormLanes {
  float mean[8];
  float inverse_deviation[8];
  float scale[8];
  float shift[8];
  float slope;
};

/// The means of both sums over the plane: of the gradient, and of it times the normalised input.
struct GradientMeans {
  float gradient[8];
  float product[8];
};

struct NormStretch {
  /// moments[0..<8]: the mean per lane; moments[8..<16]: the sum of squared distances from it.
  void (*moments)(float *moments, const float *input, int64_t count);
  void (*normalize)(float *output, const float *input, int64_t count, const NormLanes &lanes,
                    bool streaming);
  /// sums[0..<8]: of the gradient behind the activation; sums[8..<16]: of it times the normalised
  /// input.
  void (*gradient_sums)(float *sums, const float *gradient, const float *input, int64_t count,
                        const NormLanes &lanes);
  void (*input_gradient)(float *result, const float *gradient, const float *input, int64_t count,
                         const NormLanes &lanes, const GradientMeans &means, bool streaming);
};

/// The functions for this processor.
const NormStretch &norm_stretch();

}  // namespace ckernels
