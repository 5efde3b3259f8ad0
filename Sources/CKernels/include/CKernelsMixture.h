// The weighted sum of images, each normalised and activated first: what a mixed operation makes of its
// candidates.
//
// Source: H. Liu, K. Simonyan, Y. Yang, "DARTS: Differentiable Architecture Search", ICLR 2019,
// equation 2. A normalisation is a factor and a summand per channel of an image, and the gradient of an
// image's share follows from those sums that the normalisation's own gradient needs; so no normalised or
// activated image is ever written.

#pragma once

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// One image of a mixture, and what it is summed as: share · leaky(normalised · scale + shift), where
/// leaky(z) is z above zero and slope · z elsewhere; or share · image.
typedef struct ckernels_mixed_image {
  /// Blocked.
  const float *numbers;
  float share;
  /// 0: the image is summed as it is, and what follows does not count.
  int is_normalized;
  /// [C], or null for 1 and 0.
  const float *scale;
  const float *shift;
  /// 1 for no activation.
  float slope;
} ckernels_mixed_image;

/// The sum of all images. An image is normalised by the mean and the variance of each channel of each
/// image of the batch.
typedef struct ckernels_mixture {
  int64_t batch;
  int64_t channels;
  int64_t voxels;
  /// What is added to the variance.
  double epsilon;
  /// At most 32.
  int64_t count;
  const ckernels_mixed_image *images;
} ckernels_mixture;

/// The sum. mean, inverse_deviation: [count, N, 8 · ⌈C/8⌉], for the way back.
int ckernels_mixture_forward(const ckernels_mixture *mixture, float *output, float *mean,
                             float *inverse_deviation);

/// What the way back needs, and the gradients of the shares, [count].
///
/// - sums: [count, 2, N, 8 · ⌈C/8⌉], over the voxels: of the gradient in front of the activation, and of
///   it times (image - mean); both without the share.
int ckernels_mixture_sums(const ckernels_mixture *mixture, float *share_gradients, float *sums,
                          const float *output_gradient, const float *mean,
                          const float *inverse_deviation);

/// The gradients with respect to one image, and to its scale and shift, [C], null where they are not
/// wanted.
int ckernels_mixture_gradient(const ckernels_mixture *mixture, int64_t index,
                              float *image_gradient, float *scale_gradient, float *shift_gradient,
                              const float *output_gradient, const float *sums, const float *mean,
                              const float *inverse_deviation);

/// input_gradient = (Σ of the first `gated` gradients) · leaky'(input) + Σ of the others, all blocked,
/// where leaky' is 1 above zero and `slope` elsewhere. `length` is how many floats each of them has.
int ckernels_gated_sum(float *input_gradient, const float *input, float slope,
                       const float *const *gradients, int64_t gated, int64_t count,
                       int64_t length);

/// output = input above zero, slope · input elsewhere; `length` floats.
int ckernels_leaky(float *output, const float *input, float slope, int64_t length);

#ifdef __cplusplus
}
#endif
