#include "CResampling.h"

#include <math.h>

/// The pole of the cubic B-spline: sqrt(3) - 2.
static const double pole = -0.26794919243112270647;

/// Adds the weight of neighbour `index`, which may lie beyond the voxels.
static void add(
  double weights[4], int64_t index, double weight, int64_t count, int64_t first,
  cresampling_boundary boundary) {
  const int64_t last = count - 1;
  if (index >= 0 && index <= last) {
    weights[index - first] += weight;
  } else if (boundary == CRESAMPLING_MIRRORED) {
    // Twice at most: a neighbour is never further out than two voxels.
    while (index < 0 || index > last) index = index < 0 ? -index : 2 * last - index;
    weights[index - first] += weight;
  } else {
    // Beyond the edge the samples stay s, so the coefficients approach it by powers of the pole:
    // c[-k] = s + (c[0] - s)·pole^k. With (c[-1] + 4c[0] + c[1])/6 = s this is a sum of c[0], c[1].
    const int64_t edge = index < 0 ? 0 : last, inner = index < 0 ? 1 : last - 1;
    const double power = pow(pole, (double)(index < 0 ? -index : index - last));
    weights[edge - first] += weight * (power + (1 - power) * (4 + pole) / (5 + pole));
    weights[inner - first] += weight * (1 - power) / (5 + pole);
  }
}

int32_t cresampling_weights(
  cresampling_order order, cresampling_boundary boundary, double position, int64_t count,
  int32_t *first, float weights[4]) {
  const double last = (double)(count - 1);
  if (order == CRESAMPLING_NEAREST || count == 1) {
    *first = (int32_t)fmin(fmax(floor(position + 0.5), 0), last);
    weights[0] = 1;
    return 1;
  }
  if (order == CRESAMPLING_LINEAR) {
    const double inside = fmin(fmax(position, 0), last);
    const double low = fmin(floor(inside), last - 1);
    *first = (int32_t)low;
    weights[1] = (float)(inside - low);
    weights[0] = 1 - weights[1];
    return 2;
  }
  const double inside = fmin(fmax(position, -0.5), last + 0.5);
  const double low = fmin(floor(inside), last);
  const double t = inside - low, u = 1 - t;
  const int32_t taps = count < 4 ? (int32_t)count : 4;
  const double left = fmin(fmax(low - 1, 0), (double)(count - taps));
  const double spline[4] = {
    u * u * u / 6, (4 - 3 * t * t * (2 - t)) / 6, (4 - 3 * u * u * (2 - u)) / 6, t * t * t / 6};
  double sums[4] = {0, 0, 0, 0};
  for (int tap = 0; tap < 4; tap++) {
    add(sums, (int64_t)low - 1 + tap, spline[tap], count, (int64_t)left, boundary);
  }
  *first = (int32_t)left;
  for (int tap = 0; tap < 4; tap++) weights[tap] = (float)sums[tap];
  return taps;
}
