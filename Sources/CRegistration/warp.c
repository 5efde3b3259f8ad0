#include "CRegistration.h"
#include "sample.h"

/// What a scan shows at a place, its outermost voxels going on beyond it.
static inline float seen_anywhere(const cregistration_volume *volume, const double place[3]) {
  bracket axes[3];
  double slope[3];
  for (int axis = 0; axis < 3; ++axis) axes[axis] = bracketed(place[axis], volume->size[axis]);
  return (float)blended(volume->voxels, volume->size, axes, slope);
}

void cregistration_look(
  const cregistration_volume *volume, const float *places, int64_t count, float *values) {
  for (int64_t index = 0; index < count; ++index) {
    const float *from = places + 3 * index;
    const double place[3] = {from[0], from[1], from[2]};
    values[index] = seen_anywhere(volume, place);
  }
}

void cregistration_warp(
  const cregistration_volume *moving, const cregistration_map *map, const int64_t size[3],
  int64_t begin, int64_t end, float *values, float *weights) {
  for (int64_t z = begin; z < end; ++z) {
    for (int64_t y = 0; y < size[1]; ++y) {
      const int64_t row = size[0] * (y + size[1] * z);
      for (int64_t x = 0; x < size[0]; ++x) {
        const double from[3] = {(double)x, (double)y, (double)z};
        double to[3];
        sampled seen;
        mapped(map, from, to);
        const int is_seen = sample(moving, to, &seen);
        weights[row + x] = is_seen ? (float)seen.weight : 0;
        // Descriptors look at neighbours, so a voxel without weight needs a value all the same.
        values[row + x] = is_seen ? (float)seen.value : seen_anywhere(moving, to);
      }
    }
  }
}
