// Convolutions of blocked activations.

#pragma once

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// A convolution of [batch, input_channels, input…] with weights [output_channels, input_channels,
/// kernel…] to [batch, output_channels, output…]. Axes are depth, height, width.
typedef struct ckernels_convolution {
  int64_t batch;
  int64_t input_channels;
  int64_t output_channels;
  int64_t input[3];
  int64_t output[3];
  int64_t kernel[3];
  int64_t stride[3];
  /// How many zeros are thought before and after each axis.
  int64_t padding[3];
  int64_t dilation[3];
} ckernels_convolution;

/// The convolution of blocked `input`; `weight` is plain, and so is `bias` [output_channels], which
/// may be null. Accumulates in float32 over the inputs first, then the taps.
int ckernels_convolution_forward(const ckernels_convolution *convolution, float *output,
                                 const float *input, const float *weight, const float *bias);

/// The gradient with respect to the input, blocked. With `bias` [input_channels], which may be null,
/// it is the transposed convolution: `output_gradient` is then what is convolved.
int ckernels_convolution_data_gradient(const ckernels_convolution *convolution, float *input_gradient,
                                       const float *output_gradient, const float *weight,
                                       const float *bias);

/// The sums of blocked `input` over all voxels of all images, per channel, [channels]: a bias's
/// gradient.
int ckernels_channel_sums(float *sums, const float *input, int64_t batch, int64_t channels,
                          int64_t voxels);

#ifdef __cplusplus
}
#endif
