// Normalisation with statistics of the neighbourhood, in blocked activations: for inference alone.

#pragma once

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// How one axis is cut into tiles, and how the statistics of windows become those of a tile.
///
/// A window is `window` neighbouring tiles, and window k begins with tile k. Tile t is read by the
/// windows t - window + 1...t as far as they exist; `weights[t · window + i]` is the share of window
/// t - window + 1 + i, zero where there is none; a tile's shares add up to one.
typedef struct ckernels_statistics_axis {
  /// tiles + 1 voxel positions, strictly rising, from 0 to the length of the axis.
  const int64_t *edges;
  int64_t tiles;
  int64_t window;
  /// [tiles, window].
  const float *weights;
} ckernels_statistics_axis;

/// output = leaky(input · factor + summand), where factor and summand of a window are those of
/// `ckernels_norm` with the mean and the variance of that window, those of a tile the weighted mean
/// over windows, and those of a voxel linear between the middles of tiles.
typedef struct ckernels_local_norm {
  int64_t batch;
  int64_t channels;
  /// Along depth, height and width.
  ckernels_statistics_axis axes[3];
  double epsilon;
  /// 1 for no activation.
  float slope;
} ckernels_local_norm;

/// Normalises. `output` may be `input`.
///
/// - scale, shift: [C], or null for 1 and 0.
int ckernels_local_norm_forward(const ckernels_local_norm *norm, float *output, const float *input,
                                const float *scale, const float *shift);

#ifdef __cplusplus
}
#endif
