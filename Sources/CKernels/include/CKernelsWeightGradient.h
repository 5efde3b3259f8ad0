// The gradient of a 3-D convolution with respect to its weights, which oneDNN has no AVX2 kernel for.

#pragma once

#include "CKernelsConvolution.h"

#ifdef __cplusplus
extern "C" {
#endif

/// The gradients of a convolution's weights and bias.
///
/// - weight_gradient: float32 [K, C, kd, kh, kw], not blocked; overwritten.
/// - bias_gradient: float32 [K], overwritten; null where it is not wanted.
/// - input: blocked [N, ⌈C/8⌉, D, H, W, 8], what the convolution read.
/// - output_gradient: blocked [N, ⌈K/8⌉, D', H', W', 8].
int ckernels_weight_gradient(const ckernels_convolution *convolution, float *weight_gradient,
                             float *bias_gradient, const float *input,
                             const float *output_gradient);

/// The same where the input is plain, [N, C, D, H, W]: the first layer's few channels.
int ckernels_weight_gradient_plain(const ckernels_convolution *convolution,
                                   float *weight_gradient, float *bias_gradient,
                                   const float *input, const float *output_gradient);

#ifdef __cplusplus
}
#endif
