// Grids whose axes are parallel: neighbours are combined along z, then y, then x, one plane of the
// new grid at a time.

/// Rows of old voxels weighted and added. Of two, the form a + (b - a)·t keeps what is constant.
#define COMBINE(SUFFIX, TYPE)                                                                    \
  TARGET static void NAME(combine_##SUFFIX)(                                                     \
    const TYPE *restrict start, int64_t stride, const float *w, int32_t taps, int64_t count,     \
    float *restrict out) {                                                                       \
    const TYPE *restrict a = start, *restrict b = start + (taps > 1 ? stride : 0),               \
                        *restrict c = start + (taps > 2 ? 2 * stride : 0),                       \
                        *restrict d = start + (taps > 3 ? 3 * stride : 0);                       \
    if (taps == 1) {                                                                             \
      for (int64_t i = 0; i < count; i++) out[i] = (float)a[i];                                  \
    } else if (taps == 2) {                                                                      \
      const float t = w[1];                                                                      \
      for (int64_t i = 0; i < count; i++) out[i] = (float)a[i] + ((float)b[i] - (float)a[i]) * t; \
    } else {                                                                                     \
      const float w0 = w[0], w1 = w[1], w2 = w[2], w3 = taps > 3 ? w[3] : 0;                     \
      for (int64_t i = 0; i < count; i++) {                                                      \
        out[i] = (w0 * (float)a[i] + w1 * (float)b[i]) + (w2 * (float)c[i] + w3 * (float)d[i]);  \
      }                                                                                          \
    }                                                                                            \
  }

COMBINE(u8, uint8_t)
COMBINE(i16, int16_t)
COMBINE(u16, uint16_t)
COMBINE(f32, float)
#undef COMBINE

/// New values along x from a row of old ones.
TARGET static void NAME(spread)(
  const float *restrict row, const cresampling_axis *x, float *restrict out) {
  const int32_t *restrict first = x->first;
  const float *restrict w = x->weights;
  const int64_t length = x->length;
  if (x->taps == 1) {
    for (int64_t i = 0; i < length; i++) out[i] = row[first[i]];
  } else if (x->taps == 2) {
    for (int64_t i = 0; i < length; i++) {
      const float *near = row + first[i];
      out[i] = near[0] + (near[1] - near[0]) * w[2 * i + 1];
    }
  } else if (x->taps == 3) {
    for (int64_t i = 0; i < length; i++) {
      const float *near = row + first[i];
      out[i] = (w[3 * i] * near[0] + w[3 * i + 1] * near[1]) + w[3 * i + 2] * near[2];
    }
  } else {
    for (int64_t i = 0; i < length; i++) {
      const float *near = row + first[i], *v = w + 4 * i;
      out[i] = (v[0] * near[0] + v[1] * near[1]) + (v[2] * near[2] + v[3] * near[3]);
    }
  }
}

/// The neighbours of plane `index` combined along z, as floats; those that are one float slice
/// are left where they are.
TARGET static const float *NAME(slice)(
  const cresampling_source *source, const cresampling_axis *z, int64_t index, float *scratch) {
  const int64_t area = source->size[0] * source->size[1];
  const int64_t offset = (z->first[index] - source->first_slice) * area;
  const float *w = z->weights + index * z->taps;
  switch (source->type) {
    case CRESAMPLING_UINT8:
      NAME(combine_u8)((const uint8_t *)source->voxels + offset, area, w, z->taps, area, scratch);
      break;
    case CRESAMPLING_INT16:
      NAME(combine_i16)((const int16_t *)source->voxels + offset, area, w, z->taps, area, scratch);
      break;
    case CRESAMPLING_UINT16:
      NAME(combine_u16)((const uint16_t *)source->voxels + offset, area, w, z->taps, area, scratch);
      break;
    case CRESAMPLING_FLOAT:
      if (z->taps == 1) return (const float *)source->voxels + offset;
      NAME(combine_f32)((const float *)source->voxels + offset, area, w, z->taps, area, scratch);
  }
  return scratch;
}

TARGET static void NAME(plane)(
  const cresampling_source *source, const cresampling_axis *x, const cresampling_axis *y,
  const cresampling_axis *z, int64_t index, float *scratch, float *out, int64_t out_row) {
  const int64_t width = source->size[0];
  const float *slice = NAME(slice)(source, z, index, scratch);
  float *combined = scratch + width * source->size[1];
  for (int64_t j = 0; j < y->length; j++) {
    const float *row = slice + y->first[j] * width;
    if (y->taps > 1) {
      NAME(combine_f32)(row, width, y->weights + j * y->taps, y->taps, width, combined);
      row = combined;
    }
    NAME(spread)(row, x, out + j * out_row);
  }
}

#define PICK(SUFFIX, TYPE)                                                                       \
  TARGET static void NAME(pick_##SUFFIX)(                                                        \
    const TYPE *restrict row, const cresampling_axis *x, TYPE *restrict out) {                   \
    const int32_t *restrict first = x->first;                                                    \
    for (int64_t i = 0; i < x->length; i++) out[i] = row[first[i]];                              \
  }

PICK(1, uint8_t)
PICK(2, uint16_t)
PICK(4, uint32_t)
#undef PICK

TARGET static void NAME(pick_plane)(
  const cresampling_source *source, const cresampling_axis *x, const cresampling_axis *y,
  const cresampling_axis *z, int64_t index, void *out, int64_t out_row) {
  const int64_t width = cresampling_width(source->type), row_length = source->size[0];
  const int64_t at = z->first[index] - source->first_slice;
  const uint8_t *slice =
    (const uint8_t *)source->voxels + at * row_length * source->size[1] * width;
  for (int64_t j = 0; j < y->length; j++) {
    const uint8_t *row = slice + y->first[j] * row_length * width;
    uint8_t *to = (uint8_t *)out + j * out_row * width;
    if (j > 0 && y->first[j] == y->first[j - 1]) {
      memcpy(to, to - out_row * width, (size_t)(x->length * width));
    } else if (width == 1) {
      NAME(pick_1)(row, x, to);
    } else if (width == 2) {
      NAME(pick_2)((const uint16_t *)row, x, (uint16_t *)to);
    } else {
      NAME(pick_4)((const uint32_t *)row, x, (uint32_t *)to);
    }
  }
}
