// The normalisations of CTorch, for images [N, C, D, H, W].

#pragma once

#include "CTorch.h"

#ifdef __cplusplus
extern "C" {
#endif

/// Each channel of each image to mean 0 and variance 1, then times `scale` [C] plus `shift` [C], then
/// what is below zero times `slope`, which is 1 where nothing follows.
int ctorch_instance_norm(ctorch_tensor **result, const ctorch_tensor *input,
                         const ctorch_tensor *scale, const ctorch_tensor *shift, double epsilon,
                         double slope);
/// Groups of channels of each image to mean 0 and variance 1, then times `scale` [C] plus `shift` [C].
int ctorch_group_norm(ctorch_tensor **result, const ctorch_tensor *input,
                      const ctorch_tensor *scale, const ctorch_tensor *shift, ptrdiff_t groups,
                      double epsilon);
/// Each channel of a batch to mean 0 and variance 1, then times `scale` [C] plus `shift` [C].
///
/// With `is_training` mean and variance are the batch's, and replace the part `momentum` of `mean` [C] and
/// `variance` [C] in place; otherwise those are used.
int ctorch_batch_norm(ctorch_tensor **result, const ctorch_tensor *input,
                      const ctorch_tensor *scale, const ctorch_tensor *shift,
                      const ctorch_tensor *mean, const ctorch_tensor *variance, int is_training,
                      double momentum, double epsilon);
/// Instance normalisation with statistics of the neighbourhood, and without gradients: `ckernels_local_norm`.
///
/// - edges, weights: those of depth, height and width one after the other.
/// - tiles, window: how many tiles each axis has, and how many make a window.
int ctorch_local_norm(ctorch_tensor **result, const ctorch_tensor *input, const ctorch_tensor *scale,
                      const ctorch_tensor *shift, const int64_t *edges, const float *weights,
                      const ptrdiff_t *tiles, const ptrdiff_t *window, double epsilon, double slope);

#ifdef __cplusplus
}
#endif
