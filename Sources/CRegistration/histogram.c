#include "CRegistration.h"
#include "sample.h"

// The joint histogram of two scans with a Parzen window along the moving scan's axis, and its
// derivative. Source: D. Mattes et al., "PET-CT Image Registration in the Chest Using Free-form
// Deformations", IEEE Transactions on Medical Imaging 22(1), 2003, sections II-A and II-B.

/// The four bins that `place` is spread over, and their weights: the cubic B-spline.
static inline int32_t spread(double place, int32_t bins, double weights[4], double slopes[4]) {
  int32_t middle = (int32_t)place;
  if (middle > bins - 3) middle = bins - 3;
  const double part = place - middle, rest = 1 - part;
  weights[0] = rest * rest * rest / 6;
  weights[1] = (4 - 6 * part * part + 3 * part * part * part) / 6;
  weights[2] = (4 - 6 * rest * rest + 3 * rest * rest * rest) / 6;
  weights[3] = part * part * part / 6;
  slopes[0] = -rest * rest / 2;
  slopes[1] = (3 * part * part - 4 * part) / 2;
  slopes[2] = (4 * rest - 3 * rest * rest) / 2;
  slopes[3] = part * part / 2;
  return middle - 1;
}

/// What the moving scan shows where a point is carried, and the point itself; returns 0 where nothing
/// counts.
static inline int look(
  const cregistration_samples *samples, int64_t index, const cregistration_volume *moving,
  const cregistration_map *map, double place[3], sampled *seen) {
  double to[3];
  for (int axis = 0; axis < 3; ++axis) place[axis] = samples->places[3 * index + axis];
  mapped(map, place, to);
  return sample(moving, to, seen);
}

double cregistration_histogram(
  const cregistration_samples *samples, int64_t begin, int64_t end,
  const cregistration_volume *moving, const cregistration_map *map, int32_t bins,
  double *histogram) {
  double total = 0;
  for (int64_t index = begin; index < end; ++index) {
    double place[3], weights[4], slopes[4];
    sampled seen;
    if (!look(samples, index, moving, map, place, &seen)) continue;
    const int32_t first = spread(seen.value, bins, weights, slopes);
    double *row = histogram + samples->bins[index] * bins + first;
    for (int tap = 0; tap < 4; ++tap) row[tap] += seen.weight * weights[tap];
    total += seen.weight;
  }
  return total;
}

void cregistration_histogram_gradient(
  const cregistration_samples *samples, int64_t begin, int64_t end,
  const cregistration_volume *moving, const cregistration_map *map, int32_t bins,
  const double *slopes, double mean, double *gradient) {
  for (int64_t index = begin; index < end; ++index) {
    double place[3], weights[4], weight_slopes[4];
    sampled seen;
    if (!look(samples, index, moving, map, place, &seen)) continue;
    const int32_t first = spread(seen.value, bins, weights, weight_slopes);
    const double *row = slopes + samples->bins[index] * bins + first;
    double level = -mean, rise = 0;
    for (int tap = 0; tap < 4; ++tap) {
      level += weights[tap] * row[tap];
      rise += weight_slopes[tap] * row[tap];
    }
    for (int axis = 0; axis < 3; ++axis) {
      const double change =
        seen.weight_slope[axis] * level + seen.weight * rise * seen.value_slope[axis];
      double *out = gradient + 4 * axis;
      for (int column = 0; column < 3; ++column) out[column] += change * place[column];
      out[3] += change;
    }
  }
}
