#ifndef CREGISTRATION_H
#define CREGISTRATION_H

#include <stdint.h>

// How alike two scans are while one is moved, and how that changes with the movement. Voxels run x
// fastest, then y, then z. Nothing here takes memory, keeps state or can fail: the caller owns all
// buffers and divides the work among threads; sums of pieces are added up by the caller.

/// The scan that is moved.
typedef struct {
  const float *voxels;
  /// How much each voxel counts, 0 to 1; null where all count.
  const float *weights;
  int64_t size[3];
} cregistration_volume;

/// Three rows of an affine map from places of the fixed scan to voxels of the moving one.
typedef struct {
  double rows[3][4];
} cregistration_map;

/// Points of the fixed scan.
typedef struct {
  /// x, y and z of each.
  const float *places;
  /// The bin of each one's intensity.
  const uint8_t *bins;
} cregistration_samples;

/// What a scan shows at `count` places, x, y and z of each in voxels; beyond it its outermost voxels
/// go on.
void cregistration_look(
  const cregistration_volume *volume, const float *places, int64_t count, float *values);

/// The most bins along one axis of a joint histogram.
#define CREGISTRATION_BINS 64

/// Adds samples `begin` to before `end` to a joint histogram of `bins` × `bins`, the fixed scan's
/// bins along rows, and returns the sum of their weights.
///
/// The moving scan's voxels are places in the histogram, from 1 to `bins` - 2, and are spread over
/// four bins with a cubic B-spline. A sample's weight is 1 inside of the moving scan and falls to 0
/// within a voxel beyond the outermost centres, times the interpolated weight of its voxels.
double cregistration_histogram(
  const cregistration_samples *samples, int64_t begin, int64_t end,
  const cregistration_volume *moving, const cregistration_map *map, int32_t bins,
  double *histogram);

/// Adds to `gradient`, in rows of 4 as the map has them, what the map's numbers change in the sum of
/// `slopes` over the histogram, less `mean` times the sum of weights.
void cregistration_histogram_gradient(
  const cregistration_samples *samples, int64_t begin, int64_t end,
  const cregistration_volume *moving, const cregistration_map *map, int32_t bins,
  const double *slopes, double mean, double *gradient);

/// Slices `begin` to before `end` of the moving scan as seen on a grid of `size` voxels, and their
/// weights as above; `map` leads from the grid's voxels. Beyond the scan its outermost voxels go on.
void cregistration_warp(
  const cregistration_volume *moving, const cregistration_map *map, const int64_t size[3],
  int64_t begin, int64_t end, float *values, float *weights);

/// The channels of a descriptor.
#define CREGISTRATION_CHANNELS 12

/// Floats of scratch that `cregistration_distances` needs for a grid.
int64_t cregistration_scratch(const int64_t size[3]);

/// For slices `begin` to before `end`, the distances between pairs of patches around each voxel, a
/// plane of the whole grid per channel, less the least of them; returns the sum over the slices of
/// their mean over the channels.
///
/// A patch is 3 × 3 × 3 voxels, two away from the voxel along an axis; the pairs are those of two
/// axes. Beyond the grid the outermost voxels go on.
double cregistration_distances(
  const float *values, const int64_t size[3], int64_t begin, int64_t end, float *scratch,
  float *distances);

/// Turns distances of voxels `begin` to before `end` into descriptors in place: exp(-distance / v),
/// where v is the mean over the channels, kept between a thousandth and a thousand times `variance`.
void cregistration_descriptors(
  float *distances, int64_t voxels, int64_t begin, int64_t end, double variance);

/// What two images of descriptors differ by, and the normal equations of a movement.
typedef struct {
  /// The weighted sum of squared differences, a mean over the channels.
  double difference;
  double weight;
  /// Half its derivative with respect to an affine displacement of 3 rows of 4 (voxels of the grid).
  double slope[12];
  /// The Gauss-Newton matrix, 12 × 12, symmetric.
  double curvature[144];
} cregistration_normal;

/// Adds slices `begin` to before `end` of the differences; the slope and the curvature only where
/// `places`, the affine map from voxels to the coordinates that the displacement is affine in, is
/// not null.
void cregistration_compare(
  const float *fixed, const float *moving, const float *fixed_weights, const float *weights,
  const int64_t size[3], int64_t begin, int64_t end, const cregistration_map *places,
  cregistration_normal *sums);

#endif
