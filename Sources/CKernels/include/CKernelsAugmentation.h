// Random changes of training patches. What is drawn is decided by the caller; these functions carry
// it out, each on the calling thread alone, so that patches can be made side by side.
//
// Arrays of voxels run x fastest.

#pragma once

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// A number of voxels along each axis.
typedef struct {
  int64_t x, y, z;
} ckernels_size;

/// Where the voxels of a patch lie in a volume, in voxels of it: voxel (i, j, k) at
/// start + i x + j y + k z.
typedef struct {
  double start[3];
  double x[3];
  double y[3];
  double z[3];
} ckernels_placement;

/// Reads a patch out of volumes of one size.
///
/// Images are interpolated trilinearly, zero outside; where a volume is null, the patch is zero. Of
/// the labels the one wins that has the largest trilinear weight, and the nearest voxel's where two
/// tie; outside they are 0, too. `labels` and `classes` may both be null.
int ckernels_sample(float *const *patches, uint8_t *labels, ckernels_size patch,
                    const float *const *volumes, const uint8_t *classes, int64_t channels,
                    ckernels_size volume, const ckernels_placement *placement);

/// Blurs a patch with a Gaussian of `sigmas` voxels along x, y and z, the patch mirrored at its
/// borders (without repeating the outermost voxel). Each sigma is below 1.25, so that a kernel has at most 7
/// voxels.
///
/// `scratch` has room for the patch.
int ckernels_blur(float *patch, float *scratch, ckernels_size size, const double sigmas[3]);

/// Simulates a scan of a coarser grid of `coarse` voxels: reads the nearest voxels there, and
/// interpolates trilinearly back.
///
/// `scratch` has room for the patch.
int ckernels_lower_resolution(float *patch, float *scratch, ckernels_size size,
                              ckernels_size coarse);

/// The mean, standard deviation (of the population), lowest and highest of some numbers.
typedef struct {
  double mean;
  double deviation;
  float lowest;
  float highest;
} ckernels_statistics;

int ckernels_measure(ckernels_statistics *result, const float *values, int64_t count);

/// value ← `scale` value + `shift`, held between `lowest` and `highest`.
int ckernels_rescale(float *values, int64_t count, float scale, float shift, float lowest,
                     float highest);

/// Maps values from `statistics`' range to 0...1 (from the top if `is_inverted`), raises them to
/// `exponent`, maps them back, and gives them their old mean and deviation again.
///
/// The power's relative error is below 2e-6.
int ckernels_gamma(float *values, int64_t count, double exponent, int is_inverted,
                   ckernels_statistics statistics);

/// Adds normal noise of standard deviation `deviation`; the same seed adds the same.
int ckernels_add_noise(float *values, int64_t count, double deviation, uint64_t seed);

#ifdef __cplusplus
}
#endif
