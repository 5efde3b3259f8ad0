// Trilinear values along rows at any angle where every position has eight neighbours: a group of
// positions side by side. What takes longest there is to wait for memory, because a row that runs
// across the old grid's rows touches each for a few voxels only; so voxels are asked for beforehand.

/// Prepares to follow a row.
TARGET static inline void NAME(lay_out)(
  const cresampling_source *source, const cresampling_row *row, cresampling_course *course) {
  int64_t stride = 1;
  for (int i = 0; i < GROUP; i++) course->offset[i] = 0;
  for (int axis = 0; axis < 3; axis++) {
    const int64_t step = (int64_t)(row->step[axis] * 0x1p32);
    for (int i = 0; i < GROUP; i++) {
      const int64_t place = step * i;
      course->offset[i] += (int32_t)(place >> 32) * (int32_t)stride;
      course->rest[axis][i] = (uint32_t)place;
    }
    course->step[axis] = step;
    course->stride[axis] = stride;
    stride *= source->size[axis];
  }
}

/// Where `count` positions of a row from `begin` on lie; returns the first neighbour of the first.
///
/// A place is counted in 2^-32 of a voxel, so that its upper half is the neighbour and its lower half
/// the rest, and going on by a step is one exact sum. A group's rests are added to its first's; one
/// that comes out smaller has passed a voxel.
TARGET static inline int64_t NAME(follow)(
  const cresampling_row *row, const cresampling_course *course, int64_t begin, int64_t count,
  cresampling_places *restrict places) {
  int64_t first = 0, place[3];
  for (int axis = 0; axis < 3; axis++) {
    const double start = row->start[axis] + row->step[axis] * (double)begin;
    const int64_t whole = (int64_t)start;
    first += whole * course->stride[axis];
    place[axis] = (int64_t)((start - (double)whole) * 0x1p32);
  }
  for (int64_t i = 0; i < count; i += GROUP) {
    int32_t *restrict offset = places->offset + i;
    for (int k = 0; k < GROUP; k++) offset[k] = course->offset[k];
    for (int axis = 0; axis < 3; axis++) {
      const uint32_t rest = (uint32_t)place[axis];
      const int32_t stride = (int32_t)course->stride[axis];
      const int32_t whole = (int32_t)(place[axis] >> 32) * stride;
      float *restrict t = places->t[axis] + i;
      for (int k = 0; k < GROUP; k++) {
        const uint32_t sum = rest + course->rest[axis][k];
        offset[k] += whole + (sum < rest ? stride : 0);
        t[k] = (float)(int32_t)(sum >> 8) * 0x1p-24f;
      }
      place[axis] += course->step[axis] * GROUP;
    }
  }
  // A group is always read whole: what is too much of the last one is its piece's first again.
  for (int64_t i = count; i % GROUP != 0; i++) places->offset[i] = places->offset[0];
  return first;
}

/// Half a group from the pairs along x of its four rows, first y, then z: pairs again.
TARGET INLINE void NAME(halve)(
  const cresampling_floats rows[4], const cresampling_floats *y, const cresampling_floats *z,
  cresampling_floats *pairs) {
  const cresampling_floats near = rows[0] + (rows[1] - rows[0]) * *y;
  const cresampling_floats far = rows[2] + (rows[3] - rows[2]) * *y;
  *pairs = near + (far - near) * *z;
}

#define LOWER_TWICE(v) \
  __builtin_shufflevector(v, v, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7)
#define UPPER_TWICE(v) \
  __builtin_shufflevector(v, v, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13, 14, 14, 15, 15)
#define EVEN(v, w) \
  __builtin_shufflevector(v, w, 0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30)
#define ODD(v, w) \
  __builtin_shufflevector(v, w, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29, 31)

/// From voxels of one type; PAIR is a number as large as two of them.
#define MIDDLE(SUFFIX, TYPE, PAIR)                                                               \
  TARGET INLINE PAIR NAME(pair_##SUFFIX)(const TYPE *voxel) {                                    \
    PAIR pair;                                                                                   \
    memcpy(&pair, voxel, sizeof pair);                                                           \
    return pair;                                                                                 \
  }                                                                                              \
                                                                                                 \
  /* The voxels at eight places, each with its neighbour along x, as floats. */                  \
  TARGET INLINE void NAME(pairs_##SUFFIX)(                                                       \
    const TYPE *first, const int32_t *offset, cresampling_floats *pairs) {                       \
    typedef PAIR packed __attribute__((vector_size(GROUP / 2 * sizeof(PAIR))));                  \
    typedef TYPE voxels __attribute__((vector_size(GROUP * sizeof(TYPE))));                      \
    const packed read = {                                                                        \
      NAME(pair_##SUFFIX)(first + offset[0]), NAME(pair_##SUFFIX)(first + offset[1]),            \
      NAME(pair_##SUFFIX)(first + offset[2]), NAME(pair_##SUFFIX)(first + offset[3]),            \
      NAME(pair_##SUFFIX)(first + offset[4]), NAME(pair_##SUFFIX)(first + offset[5]),            \
      NAME(pair_##SUFFIX)(first + offset[6]), NAME(pair_##SUFFIX)(first + offset[7])};           \
    *pairs = __builtin_convertvector((voxels)read, cresampling_floats);                          \
  }                                                                                              \
                                                                                                 \
  /* Trilinear values of `count` places behind the voxel `first`, and a request for the voxels   \
     `ahead` of every other one. */                                                              \
  TARGET static inline void NAME(mix_##SUFFIX)(                                                  \
    const TYPE *first, const int64_t size[3], int64_t ahead, const cresampling_places *places,   \
    int64_t count, float *restrict out) {                                                        \
    const int64_t width = size[0], area = width * size[1];                                       \
    /* A number, because what is ahead may lie outside of the volume: asking for it is harmless. */ \
    const uintptr_t coming = (uintptr_t)(first + area + width) + (uintptr_t)ahead * sizeof(TYPE); \
    for (int64_t i = 0; i < count; i += GROUP) {                                                 \
      const int32_t *offset = places->offset + i;                                                \
      cresampling_floats t[3], rows[4], halves[2];                                               \
      for (int axis = 0; axis < 3; axis++) memcpy(&t[axis], places->t[axis] + i, sizeof t[axis]); \
      const cresampling_floats y[2] = {LOWER_TWICE(t[1]), UPPER_TWICE(t[1])};                    \
      const cresampling_floats z[2] = {LOWER_TWICE(t[2]), UPPER_TWICE(t[2])};                    \
      for (int half = 0; half < 2; half++, offset += GROUP / 2) {                                \
        for (int k = 0; k < GROUP / 2; k += 2) {                                                 \
          __builtin_prefetch((const void *)(coming + (uintptr_t)(offset[k] * (int64_t)sizeof(TYPE)))); \
        }                                                                                        \
        NAME(pairs_##SUFFIX)(first, offset, &rows[0]);                                           \
        NAME(pairs_##SUFFIX)(first + width, offset, &rows[1]);                                   \
        NAME(pairs_##SUFFIX)(first + area, offset, &rows[2]);                                    \
        NAME(pairs_##SUFFIX)(first + area + width, offset, &rows[3]);                            \
        NAME(halve)(rows, &y[half], &z[half], &halves[half]);                                    \
      }                                                                                          \
      const cresampling_floats left = EVEN(halves[0], halves[1]);                                \
      const cresampling_floats right = ODD(halves[0], halves[1]);                                \
      const cresampling_floats made = left + (right - left) * t[0];                              \
      if (count - i >= GROUP) {                                                                  \
        memcpy(out + i, &made, sizeof made);                                                     \
      } else {                                                                                   \
        memcpy(out + i, &made, sizeof(float) * (size_t)(count - i));                             \
      }                                                                                          \
    }                                                                                            \
  }                                                                                              \
                                                                                                 \
  TARGET static void NAME(middle_##SUFFIX)(                                                      \
    const cresampling_source *source, const cresampling_row *row, int64_t begin, int64_t end,    \
    float *restrict out) {                                                                       \
    cresampling_course course;                                                                   \
    cresampling_places places;                                                                   \
    NAME(lay_out)(source, row, &course);                                                         \
    for (; begin < end; begin += PIECE) {                                                        \
      const int64_t count = end - begin < PIECE ? end - begin : PIECE;                           \
      const TYPE *voxels = source->voxels;                                                       \
      const TYPE *first = voxels + NAME(follow)(row, &course, begin, count, &places);            \
      NAME(mix_##SUFFIX)(first, source->size, row->ahead, &places, count, out + begin);          \
    }                                                                                            \
  }

MIDDLE(u8, uint8_t, uint16_t)
MIDDLE(i16, int16_t, uint32_t)
MIDDLE(u16, uint16_t, uint32_t)
MIDDLE(f32, float, double)
#undef MIDDLE
#undef LOWER_TWICE
#undef UPPER_TWICE
#undef EVEN
#undef ODD

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
