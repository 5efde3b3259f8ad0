// Grids at any angle: every position of a row is looked up on its own.

/// Where a piece of a row lies: for each position the first of its eight neighbours, and how far it
/// is from there along each axis. In doubles and without branches, so that the compiler takes several
/// at once; a voxel's number is a whole number far below 2^53.
TARGET static void NAME(locate)(
  const cresampling_source *source, const cresampling_row *row, int64_t begin, int64_t count,
  double *restrict offset, float (*restrict t)[PIECE]) {
  double stride = 1;
  for (int64_t i = 0; i < count; i++) offset[i] = 0;
  for (int axis = 0; axis < 3; axis++) {
    const double start = row->start[axis], step = row->step[axis];
    const double last = (double)(source->size[axis] - 1), highest = last > 0 ? last - 1 : 0;
    float *restrict part = t[axis];
    if (row->order[axis] == CRESAMPLING_NEAREST) {
      for (int64_t i = 0; i < count; i++) {
        double place = start + step * (double)(begin + i) + 0.5;
        place = place < last ? place : last;
        place = place > 0 ? place : 0;
        offset[i] += stride * (double)(int32_t)place;
        part[i] = 0;
      }
    } else {
      for (int64_t i = 0; i < count; i++) {
        double place = start + step * (double)(begin + i);
        place = place < last ? place : last;
        place = place > 0 ? place : 0;
        const double whole = (double)(int32_t)place;
        const double low = whole < highest ? whole : highest;
        offset[i] += stride * low;
        part[i] = (float)(place - low);
      }
    }
    stride *= (double)source->size[axis];
  }
}

/// Trilinear values of a piece of a row, from voxels of one type.
#define ROW(SUFFIX, TYPE)                                                                        \
  TARGET static inline void NAME(blend_##SUFFIX)(                                                \
    const TYPE *voxels, const int64_t size[3], const double *restrict offset,                    \
    float (*restrict t)[PIECE], int64_t count, float *restrict out) {                            \
    const int64_t right = size[0] > 1, down = size[1] > 1 ? size[0] : 0;                         \
    const int64_t deep = size[2] > 1 ? size[0] * size[1] : 0;                                    \
    float v[8][PIECE];                                                                           \
    for (int64_t i = 0; i < count; i++) {                                                        \
      const TYPE *near = voxels + (int64_t)offset[i];                                            \
      v[0][i] = (float)near[0];                                                                  \
      v[1][i] = (float)near[right];                                                              \
      v[2][i] = (float)near[down];                                                               \
      v[3][i] = (float)near[down + right];                                                       \
      v[4][i] = (float)near[deep];                                                               \
      v[5][i] = (float)near[deep + right];                                                       \
      v[6][i] = (float)near[deep + down];                                                        \
      v[7][i] = (float)near[deep + down + right];                                                \
    }                                                                                            \
    for (int64_t i = 0; i < count; i++) {                                                        \
      const float a = v[0][i] + (v[1][i] - v[0][i]) * t[0][i];                                   \
      const float b = v[2][i] + (v[3][i] - v[2][i]) * t[0][i];                                   \
      const float c = v[4][i] + (v[5][i] - v[4][i]) * t[0][i];                                   \
      const float d = v[6][i] + (v[7][i] - v[6][i]) * t[0][i];                                   \
      const float near = a + (b - a) * t[1][i], far = c + (d - c) * t[1][i];                     \
      out[i] = near + (far - near) * t[2][i];                                                    \
    }                                                                                            \
  }                                                                                              \
                                                                                                 \
  TARGET static void NAME(linear_row_##SUFFIX)(                                                  \
    const cresampling_source *source, const cresampling_row *row, float *restrict out) {         \
    double offset[PIECE];                                                                        \
    float t[3][PIECE];                                                                           \
    for (int64_t begin = 0; begin < row->length; begin += PIECE) {                               \
      const int64_t count = row->length - begin < PIECE ? row->length - begin : PIECE;           \
      NAME(locate)(source, row, begin, count, offset, t);                                        \
      NAME(blend_##SUFFIX)(source->voxels, source->size, offset, t, count, out + begin);         \
    }                                                                                            \
  }

ROW(u8, uint8_t)
ROW(i16, int16_t)
ROW(u16, uint16_t)
ROW(f32, float)
#undef ROW

TARGET static void NAME(decide_row)(
  const cresampling_source *source, const cresampling_row *row, int64_t stride,
  const uint16_t *labels, int64_t classes, uint16_t *restrict winner) {
  double offset[PIECE];
  float t[3][PIECE], best[PIECE], scores[PIECE];
  for (int64_t begin = 0; begin < row->length; begin += PIECE) {
    const int64_t count = row->length - begin < PIECE ? row->length - begin : PIECE;
    NAME(locate)(source, row, begin, count, offset, t);
    for (int64_t i = 0; i < count; i++) {
      best[i] = -INFINITY;
      winner[begin + i] = labels[0];
    }
    for (int64_t class = 0; class < classes; class++) {
      const float *voxels = (const float *)source->voxels + class * stride;
      NAME(blend_f32)(voxels, source->size, offset, t, count, scores);
      NAME(contest)(scores, count, labels[class], best, winner + begin);
    }
  }
}

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
