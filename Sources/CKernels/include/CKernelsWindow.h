// Operations that slide a window over each channel by itself, of blocked activations. The stride is
// 1, and the output is as large as the input: a window at the border has fewer voxels.

#pragma once

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// Images [batch, channels, size…]; axes are depth, height, width.
typedef struct ckernels_images {
  int64_t batch;
  int64_t channels;
  int64_t size[3];
} ckernels_images;

/// The mean of the voxels of each window of 3³ that lie inside.
int ckernels_average_pool(const ckernels_images *images, float *output, const float *input);
int ckernels_average_pool_gradient(const ckernels_images *images, float *input_gradient,
                                   const float *output_gradient);

/// The maximum of each window of 3³, and which of its 27 voxels that is, counted with the width
/// fastest: the first of equal ones. `places` is [N, ⌈C/8⌉, D, H, W, 8] bytes, or null where they are not wanted.
int ckernels_max_pool(const ckernels_images *images, float *output, uint8_t *places,
                      const float *input);
int ckernels_max_pool_gradient(const ckernels_images *images, float *input_gradient,
                               const float *output_gradient, const uint8_t *places);

/// How far from its middle a depthwise convolution's window may reach, in voxels.
enum { CKERNELS_FURTHEST_REACH = 16 };

/// Each channel convolved with its own window of edge³, an odd `edge`, dilated, with zeros around.
///
/// - weight: plain [C, edge, edge, edge].
int ckernels_depthwise(const ckernels_images *images, int64_t edge, int64_t dilation,
                       float *output, const float *input, const float *weight);
int ckernels_depthwise_data_gradient(const ckernels_images *images, int64_t edge,
                                     int64_t dilation, float *input_gradient,
                                     const float *output_gradient, const float *weight);
int ckernels_depthwise_weight_gradient(const ckernels_images *images, int64_t edge,
                                       int64_t dilation, float *weight_gradient,
                                       const float *input, const float *output_gradient);

#ifdef __cplusplus
}
#endif
