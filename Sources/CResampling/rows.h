// Grids at any angle, beside what is trilinear: every position of a row is looked up on its own.

/// The neighbours of a position along one axis, by the short way where none is beyond the edge.
TARGET static inline int32_t NAME(neighbours)(
  const cresampling_row *row, int axis, double place, int64_t count, int32_t *first, float w[4]) {
  if (row->order[axis] != CRESAMPLING_CUBIC || place < 1 || place >= (double)(count - 2)) {
    return cresampling_weights(row->order[axis], row->boundary, place, count, first, w);
  }
  const int32_t low = (int32_t)place;
  const float t = (float)(place - (double)low), u = 1 - t, sixth = 1.0f / 6;
  w[0] = u * u * u * sixth;
  w[1] = (4 - 3 * t * t * (2 - t)) * sixth;
  w[2] = (4 - 3 * u * u * (2 - u)) * sixth;
  w[3] = t * t * t * sixth;
  *first = low - 1;
  return 4;
}

/// A spline's value from its 64 coefficients around.
TARGET static inline float NAME(spline_at)(
  const float *corner, int64_t width, int64_t area, const float w[3][4]) {
  float sums[4] = {0, 0, 0, 0};
  for (int z = 0; z < 4; z++) {
    for (int y = 0; y < 4; y++) {
      const float *near = corner + y * width + z * area;
      const float side = w[1][y] * w[2][z];
      for (int x = 0; x < 4; x++) sums[x] += side * near[x];
    }
  }
  return (sums[0] * w[0][0] + sums[1] * w[0][1]) + (sums[2] * w[0][2] + sums[3] * w[0][3]);
}

/// Any order along each axis, from floats.
TARGET static void NAME(mixed_row)(
  const cresampling_source *source, const cresampling_row *row, float *restrict out) {
  const int64_t width = source->size[0], area = width * source->size[1];
  const float *voxels = source->voxels;
  for (int64_t i = 0; i < row->length; i++) {
    int32_t first[3], taps[3];
    float w[3][4];
    for (int axis = 0; axis < 3; axis++) {
      taps[axis] = NAME(neighbours)(
        row, axis, row->start[axis] + row->step[axis] * (double)i, source->size[axis],
        &first[axis], w[axis]);
    }
    const float *corner = voxels + first[0] + first[1] * width + first[2] * area;
    if (taps[0] == 4 && taps[1] == 4 && taps[2] == 4) {
      out[i] = NAME(spline_at)(corner, width, area, w);
      continue;
    }
    float sum = 0;
    for (int32_t z = 0; z < taps[2]; z++) {
      for (int32_t y = 0; y < taps[1]; y++) {
        const float *near = corner + y * width + z * area;
        const float side = w[1][y] * w[2][z];
        for (int32_t x = 0; x < taps[0]; x++) sum += side * w[0][x] * near[x];
      }
    }
    out[i] = sum;
  }
}

TARGET static void NAME(row)(
  const cresampling_source *source, const cresampling_row *row, float *out) {
  if (cresampling_is_linear(row)) {
    NAME(linear_row)(source, row, out);
  } else {
    NAME(mixed_row)(source, row, out);
  }
}

TARGET static void NAME(pick_row)(
  const cresampling_source *source, const cresampling_row *row, void *out) {
  const int64_t *size = source->size, bytes = cresampling_width(source->type);
  for (int64_t i = 0; i < row->length; i++) {
    int64_t at[3];
    for (int axis = 0; axis < 3; axis++) {
      const double place = row->start[axis] + row->step[axis] * (double)i + 0.5;
      // Truncation is rounding down here: no place is below zero.
      at[axis] = place > 0 ? (int64_t)place : 0;
      at[axis] = at[axis] < size[axis] ? at[axis] : size[axis] - 1;
    }
    const int64_t from = at[0] + size[0] * (at[1] + size[1] * at[2]);
    if (bytes == 1) {
      ((uint8_t *)out)[i] = ((const uint8_t *)source->voxels)[from];
    } else if (bytes == 2) {
      ((uint16_t *)out)[i] = ((const uint16_t *)source->voxels)[from];
    } else {
      ((uint32_t *)out)[i] = ((const uint32_t *)source->voxels)[from];
    }
  }
}
