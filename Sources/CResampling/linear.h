// Trilinear values along rows at any angle.

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
#define BLEND(SUFFIX, TYPE)                                                                      \
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

BLEND(u8, uint8_t)
BLEND(i16, int16_t)
BLEND(u16, uint16_t)
BLEND(f32, float)
#undef BLEND

/// A part of a row whose positions may lie beyond the outermost centres.
TARGET static void NAME(linear_ends)(
  const cresampling_source *source, const cresampling_row *row, int64_t begin, int64_t end,
  float *restrict out) {
  const int64_t *size = source->size;
  double offset[PIECE];
  float t[3][PIECE];
  for (; begin < end; begin += PIECE) {
    const int64_t count = end - begin < PIECE ? end - begin : PIECE;
    float *to = out + begin;
    NAME(locate)(source, row, begin, count, offset, t);
    switch (source->type) {
      case CRESAMPLING_UINT8: NAME(blend_u8)(source->voxels, size, offset, t, count, to); break;
      case CRESAMPLING_INT16: NAME(blend_i16)(source->voxels, size, offset, t, count, to); break;
      case CRESAMPLING_UINT16: NAME(blend_u16)(source->voxels, size, offset, t, count, to); break;
      case CRESAMPLING_FLOAT: NAME(blend_f32)(source->voxels, size, offset, t, count, to); break;
    }
  }
}

/// Where positions of a row's middle lie: returns the first neighbour of position `begin`, and fills
/// in how many voxels further on that of each is, and how far it is from there along each axis, for
/// y and z twice.
///
/// A place is counted in 2^-32 of a voxel, so that its upper half is the neighbour and its lower half
/// the rest, and going on by a step is one exact sum.
TARGET static inline int64_t NAME(follow)(
  const cresampling_source *source, const cresampling_row *row, int64_t begin, int64_t count,
  int32_t *restrict offset, float *restrict tx, float *restrict ty, float *restrict tz) {
  const int64_t stride[3] = {1, source->size[0], source->size[0] * source->size[1]};
  int64_t first = 0, place[3], step[3];
  for (int axis = 0; axis < 3; axis++) {
    const double start = row->start[axis] + row->step[axis] * (double)begin;
    const int64_t whole = (int64_t)start;
    first += whole * stride[axis];
    place[axis] = (int64_t)((start - (double)whole) * 0x1p32);
    step[axis] = (int64_t)(row->step[axis] * 0x1p32);
  }
  const int32_t width = (int32_t)stride[1], area = (int32_t)stride[2];
  for (int64_t i = 0; i < count; i++) {
    const int64_t x = place[0] + step[0] * i, y = place[1] + step[1] * i, z = place[2] + step[2] * i;
    offset[i] = (int32_t)(x >> 32) + (int32_t)(y >> 32) * width + (int32_t)(z >> 32) * area;
    tx[i] = (float)(int32_t)((uint32_t)x >> 8) * 0x1p-24f;
    ty[2 * i] = ty[2 * i + 1] = (float)(int32_t)((uint32_t)y >> 8) * 0x1p-24f;
    tz[2 * i] = tz[2 * i + 1] = (float)(int32_t)((uint32_t)z >> 8) * 0x1p-24f;
  }
  return first;
}

/// Trilinear values of positions with eight neighbours, which lie `offset` behind the voxel `first`;
/// the two along x are read at once.
#define MIDDLE(SUFFIX, TYPE)                                                                     \
  TARGET static inline void NAME(mix_##SUFFIX)(                                                  \
    const TYPE *first, const int64_t size[3], const int32_t *restrict offset,                    \
    const float *restrict tx, const float *restrict ty, const float *restrict tz, int64_t count, \
    float *restrict out) {                                                                       \
    const int64_t width = size[0], area = width * size[1];                                       \
    TYPE a[2 * PIECE], b[2 * PIECE], c[2 * PIECE], d[2 * PIECE];                                 \
    float pairs[2 * PIECE];                                                                      \
    for (int64_t i = 0; i < count; i++) {                                                        \
      const TYPE *near = first + offset[i];                                                      \
      memcpy(a + 2 * i, near, 2 * sizeof(TYPE));                                                 \
      memcpy(b + 2 * i, near + width, 2 * sizeof(TYPE));                                         \
      memcpy(c + 2 * i, near + area, 2 * sizeof(TYPE));                                          \
      memcpy(d + 2 * i, near + area + width, 2 * sizeof(TYPE));                                  \
    }                                                                                            \
    for (int64_t i = 0; i < 2 * count; i++) {                                                    \
      const float near = (float)a[i] + ((float)b[i] - (float)a[i]) * ty[i];                      \
      const float far = (float)c[i] + ((float)d[i] - (float)c[i]) * ty[i];                       \
      pairs[i] = near + (far - near) * tz[i];                                                    \
    }                                                                                            \
    for (int64_t i = 0; i < count; i++) {                                                        \
      out[i] = pairs[2 * i] + (pairs[2 * i + 1] - pairs[2 * i]) * tx[i];                         \
    }                                                                                            \
  }                                                                                              \
                                                                                                 \
  TARGET static void NAME(middle_##SUFFIX)(                                                      \
    const cresampling_source *source, const cresampling_row *row, int64_t begin, int64_t end,    \
    float *restrict out) {                                                                       \
    int32_t offset[PIECE];                                                                       \
    float tx[PIECE], ty[2 * PIECE], tz[2 * PIECE];                                               \
    for (; begin < end; begin += PIECE) {                                                        \
      const int64_t count = end - begin < PIECE ? end - begin : PIECE;                           \
      const TYPE *first = (const TYPE *)source->voxels +                                         \
                          NAME(follow)(source, row, begin, count, offset, tx, ty, tz);           \
      NAME(mix_##SUFFIX)(first, source->size, offset, tx, ty, tz, count, out + begin);           \
    }                                                                                            \
  }

MIDDLE(u8, uint8_t)
MIDDLE(i16, int16_t)
MIDDLE(u16, uint16_t)
MIDDLE(f32, float)
#undef MIDDLE

/// The part of a row that lies clear of the outermost centres.
TARGET static void NAME(linear_middle)(
  const cresampling_source *source, const cresampling_row *row, int64_t begin, int64_t end,
  float *restrict out) {
  switch (source->type) {
    case CRESAMPLING_UINT8: NAME(middle_u8)(source, row, begin, end, out); break;
    case CRESAMPLING_INT16: NAME(middle_i16)(source, row, begin, end, out); break;
    case CRESAMPLING_UINT16: NAME(middle_u16)(source, row, begin, end, out); break;
    case CRESAMPLING_FLOAT: NAME(middle_f32)(source, row, begin, end, out); break;
  }
}
