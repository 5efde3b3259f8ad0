// Trilinear values along rows at any angle, near the edges of the old grid too.

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
