#ifndef CREGISTRATION_SAMPLE_H
#define CREGISTRATION_SAMPLE_H

#include "CRegistration.h"

/// What a scan shows at a place between its voxels.
typedef struct {
  double value;
  double weight;
  double value_slope[3];
  double weight_slope[3];
} sampled;

/// The two voxels around a coordinate, and how the weight falls beyond the outermost centres.
typedef struct {
  int64_t low;
  int64_t high;
  double part;
  /// 0 where the outermost voxel goes on.
  double inside;
  double ramp;
  double ramp_slope;
} bracket;

static inline bracket bracketed(double place, int64_t count) {
  bracket result = {0, 0, 0, 1, 1, 0};
  const double last = (double)(count - 1);
  if (place < 0) {
    result.ramp = place + 1;
    result.ramp_slope = 1;
  } else if (place > last) {
    result.ramp = last + 1 - place;
    result.ramp_slope = -1;
  }
  // This way round, a place that is not a number is the first voxel.
  const double held = place > 0 ? (place > last ? last : place) : 0;
  if (held != place || count == 1) result.inside = 0;
  result.low = (int64_t)held;
  if (result.low > count - 2 && count > 1) result.low = count - 2;
  result.high = count > 1 ? result.low + 1 : result.low;
  result.part = held - (double)result.low;
  return result;
}

/// The trilinear value of `voxels` among the brackets, and its slopes.
static inline double blended(
  const float *voxels, const int64_t size[3], const bracket axes[3], double slope[3]) {
  const int64_t row = size[0], slice = size[0] * size[1];
  const float *near = voxels + axes[2].low * slice, *far = voxels + axes[2].high * slice;
  const int64_t above = axes[1].low * row, below = axes[1].high * row;
  const double x = axes[0].part, y = axes[1].part, z = axes[2].part;
  const int64_t left = axes[0].low, right = axes[0].high;
  const double edges[4][2] = {
    {near[above + left], near[above + right]},
    {near[below + left], near[below + right]},
    {far[above + left], far[above + right]},
    {far[below + left], far[below + right]},
  };
  double lines[4], steps[4];
  for (int edge = 0; edge < 4; ++edge) {
    steps[edge] = edges[edge][1] - edges[edge][0];
    lines[edge] = edges[edge][0] + x * steps[edge];
  }
  const double front = lines[0] + y * (lines[1] - lines[0]);
  const double back = lines[2] + y * (lines[3] - lines[2]);
  const double front_step = steps[0] + y * (steps[1] - steps[0]);
  const double back_step = steps[2] + y * (steps[3] - steps[2]);
  slope[0] = axes[0].inside * (front_step + z * (back_step - front_step));
  slope[1] = axes[1].inside
    * ((lines[1] - lines[0]) * (1 - z) + (lines[3] - lines[2]) * z);
  slope[2] = axes[2].inside * (back - front);
  return front + z * (back - front);
}

/// What `volume` shows at `place`; returns 0 where nothing counts.
static inline int sample(
  const cregistration_volume *volume, const double place[3], sampled *result) {
  bracket axes[3];
  for (int axis = 0; axis < 3; ++axis) {
    // This way round, a place that is not a number is outside.
    if (!(place[axis] > -1 && place[axis] < (double)volume->size[axis])) return 0;
    axes[axis] = bracketed(place[axis], volume->size[axis]);
  }
  const double ramp = axes[0].ramp * axes[1].ramp * axes[2].ramp;
  double mask = 1, mask_slope[3] = {0, 0, 0};
  if (volume->weights) {
    mask = blended(volume->weights, volume->size, axes, mask_slope);
    if (mask <= 0) return 0;
  }
  result->value = blended(volume->voxels, volume->size, axes, result->value_slope);
  result->weight = ramp * mask;
  for (int axis = 0; axis < 3; ++axis) {
    const double others = axes[(axis + 1) % 3].ramp * axes[(axis + 2) % 3].ramp;
    result->weight_slope[axis] = ramp * mask_slope[axis] + mask * axes[axis].ramp_slope * others;
  }
  return 1;
}

/// Where a map leads.
static inline void mapped(const cregistration_map *map, const double from[3], double to[3]) {
  for (int row = 0; row < 3; ++row) {
    const double *numbers = map->rows[row];
    to[row] = numbers[0] * from[0] + numbers[1] * from[1] + numbers[2] * from[2] + numbers[3];
  }
}

#endif
