// The weighted sum of normalised images: what a mixed operation makes of its candidates.
//
// Source: H. Liu, K. Simonyan, Y. Yang, "DARTS: Differentiable Architecture Search", ICLR 2019,
// equation 2, whose candidates end with a normalisation without scale and shift. That is a factor and
// a summand per channel of an image, so no normalised image is ever written.

#pragma once

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// Σ over k of shares[k] · (images[k] - mean[k]) · inverse_deviation[k], where mean and deviation are
/// those of one channel of one image, or 0 and 1 where an image is not to be normalised.
typedef struct ckernels_mixture {
  int64_t batch;
  int64_t channels;
  int64_t voxels;
  /// What is added to the variance.
  double epsilon;
  int64_t count;
  /// `count` blocked images.
  const float *const *images;
  const float *shares;
  /// 0 or 1 for each image.
  const uint8_t *is_normalized;
} ckernels_mixture;

/// The sum. mean, inverse_deviation: [count, N, 8 · ⌈C/8⌉], for the way back.
int ckernels_mixture_forward(const ckernels_mixture *mixture, float *output, float *mean,
                             float *inverse_deviation);

/// What the way back needs, and the gradients of the shares, [count].
///
/// - sums: [count + 1, N, 8 · ⌈C/8⌉], over the voxels: of the gradient times (images[k] - mean[k]);
///   and last of the gradient itself.
int ckernels_mixture_sums(const ckernels_mixture *mixture, float *share_gradients, float *sums,
                          const float *output_gradient, const float *mean,
                          const float *inverse_deviation);

/// The gradient with respect to images[index].
int ckernels_mixture_gradient(const ckernels_mixture *mixture, int64_t index,
                              float *image_gradient, const float *output_gradient,
                              const float *sums, const float *mean,
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
