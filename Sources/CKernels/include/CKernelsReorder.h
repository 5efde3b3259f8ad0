// Between plain activations [N, C, voxels] and blocked ones [N, ⌈C/8⌉, voxels, 8].

#pragma once

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// Blocks plain `input`; lanes beyond the last channel become zero.
int ckernels_to_blocked(float *output, const float *input, int64_t batch, int64_t channels,
                        int64_t voxels);

/// Unblocks `input`, whose spare lanes are dropped.
int ckernels_to_plain(float *output, const float *input, int64_t batch, int64_t channels,
                      int64_t voxels);

#ifdef __cplusplus
}
#endif
