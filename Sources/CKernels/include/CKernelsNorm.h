// Instance normalisation with a leaky ReLU in the same pass, of blocked activations.

#pragma once

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// output = leaky((input - mean) / √(variance + epsilon) · scale + shift), where mean and variance
/// are those of one channel of one image, and leaky(z) is z above zero and slope · z elsewhere.
typedef struct ckernels_norm {
  int64_t batch;
  int64_t channels;
  int64_t voxels;
  double epsilon;
  /// 1 for no activation.
  float slope;
} ckernels_norm;

/// Normalises. `output` may be `input`.
///
/// - mean, inverse_deviation: [N, 8 · ⌈C/8⌉], for the way back.
/// - scale, shift: [C], or null for 1 and 0.
int ckernels_norm_forward(const ckernels_norm *norm, float *output, float *mean,
                          float *inverse_deviation, const float *input, const float *scale,
                          const float *shift);

/// The gradients. `input_gradient` may be `output_gradient`.
///
/// - scale_gradient, shift_gradient: [C], or null where they are not wanted.
/// - input: what was normalised; the rest as it was on the way forward.
int ckernels_norm_backward(const ckernels_norm *norm, float *input_gradient,
                           float *scale_gradient, float *shift_gradient,
                           const float *output_gradient, const float *input, const float *mean,
                           const float *inverse_deviation, const float *scale,
                           const float *shift);

#ifdef __cplusplus
}
#endif
