// The vote of labels: each of the eight voxels around a position gives its trilinear weight to its
// label. Only the labels that are there are looked at, so their number costs nothing.

#define VOTE(SUFFIX, TYPE)                                                                       \
  /* The label with the greatest sum of weights, the lower one of equals. */                     \
  TARGET static inline TYPE NAME(winner_##SUFFIX)(const TYPE label[8], const float weight[8]) {  \
    float best = -1;                                                                             \
    TYPE winner = 0;                                                                             \
    for (int a = 0; a < 8; a++) {                                                                \
      float sum = 0;                                                                             \
      for (int b = 0; b < 8; b++) sum += label[b] == label[a] ? weight[b] : 0;                   \
      if (sum > best || (sum == best && label[a] < winner)) {                                    \
        best = sum;                                                                              \
        winner = label[a];                                                                       \
      }                                                                                          \
    }                                                                                            \
    return winner;                                                                               \
  }                                                                                              \
                                                                                                 \
  /* From the four rows around (old voxel `at`, its neighbour `next` along x), t per axis. */    \
  TARGET static inline TYPE NAME(poll_##SUFFIX)(                                                 \
    const TYPE *const rows[4], int64_t at, int64_t next, float tx, float ty, float tz) {         \
    TYPE label[8];                                                                               \
    float weight[8];                                                                             \
    for (int k = 0; k < 4; k++) {                                                                \
      const float side = (k & 1 ? ty : 1 - ty) * (k & 2 ? tz : 1 - tz);                          \
      label[2 * k] = rows[k][at];                                                                \
      label[2 * k + 1] = rows[k][next];                                                          \
      weight[2 * k] = (1 - tx) * side;                                                           \
      weight[2 * k + 1] = tx * side;                                                             \
    }                                                                                            \
    return NAME(winner_##SUFFIX)(label, weight);                                                 \
  }                                                                                              \
                                                                                                 \
  TARGET static void NAME(vote_plane_##SUFFIX)(                                                  \
    const cresampling_source *source, const cresampling_axis *x, const cresampling_axis *y,      \
    const cresampling_axis *z, int64_t index, uint8_t *restrict differs, TYPE *out,              \
    int64_t out_row) {                                                                           \
    const int64_t width = source->size[0], area = width * source->size[1];                       \
    const int64_t slice = z->first[index] - source->first_slice;                                 \
    const TYPE *near = (const TYPE *)source->voxels + slice * area;                              \
    const TYPE *far = near + (z->taps > 1 ? area : 0);                                           \
    const float tz = z->taps > 1 ? z->weights[2 * index + 1] : 0;                                \
    const int64_t right = x->taps > 1 ? 1 : 0;                                                   \
    for (int64_t j = 0; j < y->length; j++) {                                                    \
      const int64_t low = y->first[j] * width, high = low + (y->taps > 1 ? width : 0);           \
      const float ty = y->taps > 1 ? y->weights[2 * j + 1] : 0;                                  \
      const TYPE *const rows[4] = {near + low, near + high, far + low, far + high};              \
      const TYPE *restrict a = rows[0], *restrict b = rows[1], *restrict c = rows[2],            \
                          *restrict d = rows[3];                                                 \
      for (int64_t i = 0; i + right < width; i++) {                                              \
        differs[i] = ((a[i] ^ b[i]) | (a[i] ^ c[i]) | (a[i] ^ d[i]) | (a[i] ^ a[i + right]) |    \
                      (a[i] ^ b[i + right]) | (a[i] ^ c[i + right]) | (a[i] ^ d[i + right])) != 0; \
      }                                                                                          \
      TYPE *to = out + j * out_row;                                                              \
      for (int64_t i = 0; i < x->length; i++) {                                                  \
        const int64_t at = x->first[i];                                                          \
        to[i] = !differs[at]                                                                     \
          ? a[at]                                                                                \
          : NAME(poll_##SUFFIX)(                                                                 \
              rows, at, at + right, right ? x->weights[2 * i + 1] : 0, ty, tz);                  \
      }                                                                                          \
    }                                                                                            \
  }                                                                                              \
                                                                                                 \
  TARGET static void NAME(vote_row_##SUFFIX)(                                                    \
    const cresampling_source *source, const cresampling_row *row, TYPE *out) {                   \
    const int64_t *size = source->size;                                                          \
    /* Along an axis without interpolation there is no second neighbour, and none is read. */    \
    int two[3];                                                                                  \
    for (int axis = 0; axis < 3; axis++) {                                                       \
      two[axis] = size[axis] > 1 && row->order[axis] != CRESAMPLING_NEAREST;                     \
    }                                                                                            \
    const int64_t right = two[0], down = two[1] ? size[0] : 0;                                   \
    const int64_t deep = two[2] ? size[0] * size[1] : 0;                                         \
    double offset[PIECE];                                                                        \
    float t[3][PIECE];                                                                           \
    for (int64_t begin = 0; begin < row->length; begin += PIECE) {                               \
      const int64_t count = row->length - begin < PIECE ? row->length - begin : PIECE;           \
      NAME(locate)(source, row, begin, count, offset, t);                                        \
      for (int64_t i = 0; i < count; i++) {                                                      \
        const TYPE *near = (const TYPE *)source->voxels + (int64_t)offset[i];                    \
        const TYPE *const rows[4] = {near, near + down, near + deep, near + deep + down};        \
        const TYPE a = near[0];                                                                  \
        int differs = 0;                                                                         \
        for (int k = 0; k < 4; k++) differs |= (rows[k][0] ^ a) | (rows[k][right] ^ a);          \
        out[begin + i] = !differs ? a                                                            \
          : NAME(poll_##SUFFIX)(rows, 0, right, t[0][i], t[1][i], t[2][i]);                      \
      }                                                                                          \
    }                                                                                            \
  }

VOTE(u8, uint8_t)
VOTE(u16, uint16_t)
#undef VOTE

TARGET static void NAME(vote_plane)(
  const cresampling_source *source, const cresampling_axis *x, const cresampling_axis *y,
  const cresampling_axis *z, int64_t index, uint8_t *scratch, void *out, int64_t out_row) {
  if (source->type == CRESAMPLING_UINT8) {
    NAME(vote_plane_u8)(source, x, y, z, index, scratch, out, out_row);
  } else {
    NAME(vote_plane_u16)(source, x, y, z, index, scratch, out, out_row);
  }
}

TARGET static void NAME(vote_row)(
  const cresampling_source *source, const cresampling_row *row, void *out) {
  if (source->type == CRESAMPLING_UINT8) {
    NAME(vote_row_u8)(source, row, out);
  } else {
    NAME(vote_row_u16)(source, row, out);
  }
}
