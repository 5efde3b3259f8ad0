// Grids at any angle: every position of a row is looked up on its own.

/// The value at `inside`, trilinear, from voxels of one type; no position is beyond a centre.
#define ROW(SUFFIX, TYPE)                                                                        \
  TARGET static void NAME(linear_row_##SUFFIX)(                                                  \
    const cresampling_source *source, const cresampling_row *row, float *restrict out) {         \
    const int64_t *size = source->size;                                                          \
    const TYPE *restrict voxels = source->voxels;                                                \
    const int64_t right = size[0] > 1, down = size[1] > 1 ? size[0] : 0;                         \
    const int64_t deep = size[2] > 1 ? size[0] * size[1] : 0;                                    \
    const double last[3] = {(double)(size[0] - 1), (double)(size[1] - 1), (double)(size[2] - 1)}; \
    for (int64_t i = 0; i < row->length; i++) {                                                  \
      int64_t at[3];                                                                             \
      float t[3];                                                                                \
      for (int axis = 0; axis < 3; axis++) {                                                     \
        double place = row->start[axis] + row->step[axis] * (double)i;                           \
        place = place < last[axis] ? place : last[axis];                                         \
        place = place > 0 ? place : 0;                                                           \
        at[axis] = (int64_t)place;                                                               \
        at[axis] -= at[axis] > 0 && at[axis] == size[axis] - 1;                                  \
        t[axis] = (float)(place - (double)at[axis]);                                             \
      }                                                                                          \
      const TYPE *a = voxels + at[0] + at[1] * size[0] + at[2] * size[0] * size[1];              \
      const TYPE *b = a + down, *c = a + deep, *d = c + down;                                    \
      const float ax = (float)a[0] + ((float)a[right] - (float)a[0]) * t[0];                     \
      const float bx = (float)b[0] + ((float)b[right] - (float)b[0]) * t[0];                     \
      const float cx = (float)c[0] + ((float)c[right] - (float)c[0]) * t[0];                     \
      const float dx = (float)d[0] + ((float)d[right] - (float)d[0]) * t[0];                     \
      const float near = ax + (bx - ax) * t[1], far = cx + (dx - cx) * t[1];                     \
      out[i] = near + (far - near) * t[2];                                                       \
    }                                                                                            \
  }

ROW(u8, uint8_t)
ROW(i16, int16_t)
ROW(u16, uint16_t)
ROW(f32, float)
#undef ROW

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
    float sums[4] = {0, 0, 0, 0};
    for (int32_t z = 0; z < taps[2]; z++) {
      for (int32_t y = 0; y < taps[1]; y++) {
        const float *near = corner + y * width + z * area;
        const float side = w[1][y] * w[2][z];
        if (taps[0] == 4) {
          for (int x = 0; x < 4; x++) sums[x] += side * near[x];
        } else {
          for (int32_t x = 0; x < taps[0]; x++) sums[x] += side * near[x];
        }
      }
    }
    float sum = 0;
    for (int32_t x = 0; x < taps[0]; x++) sum += sums[x] * w[0][x];
    out[i] = sum;
  }
}

TARGET static void NAME(row)(
  const cresampling_source *source, const cresampling_row *row, float *out) {
  const int linear = row->order[0] == CRESAMPLING_LINEAR && row->order[1] == CRESAMPLING_LINEAR &&
                     row->order[2] == CRESAMPLING_LINEAR;
  if (!linear) {
    NAME(mixed_row)(source, row, out);
    return;
  }
  switch (source->type) {
    case CRESAMPLING_UINT8: NAME(linear_row_u8)(source, row, out); break;
    case CRESAMPLING_INT16: NAME(linear_row_i16)(source, row, out); break;
    case CRESAMPLING_UINT16: NAME(linear_row_u16)(source, row, out); break;
    case CRESAMPLING_FLOAT: NAME(linear_row_f32)(source, row, out); break;
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
