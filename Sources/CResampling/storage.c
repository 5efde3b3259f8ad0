#include "CResampling.h"

#include <string.h>

void cresampling_load(cresampling_type type, const void *voxels, int64_t count, float *out) {
  switch (type) {
    case CRESAMPLING_UINT8:
      for (int64_t i = 0; i < count; i++) out[i] = ((const uint8_t *)voxels)[i];
      break;
    case CRESAMPLING_INT16:
      for (int64_t i = 0; i < count; i++) out[i] = ((const int16_t *)voxels)[i];
      break;
    case CRESAMPLING_UINT16:
      for (int64_t i = 0; i < count; i++) out[i] = ((const uint16_t *)voxels)[i];
      break;
    case CRESAMPLING_FLOAT: memcpy(out, voxels, (size_t)count * sizeof(float));
  }
}

void cresampling_extremes(const float *values, int64_t count, float *least, float *greatest) {
  enum { lanes = 16 };
  float low[lanes], high[lanes];
  for (int lane = 0; lane < lanes; lane++) {
    low[lane] = *least;
    high[lane] = *greatest;
  }
  // A comparison with NaN is false, which leaves what was there.
  int64_t i = 0;
  for (; i + lanes <= count; i += lanes) {
    for (int lane = 0; lane < lanes; lane++) {
      const float value = values[i + lane];
      low[lane] = value < low[lane] ? value : low[lane];
      high[lane] = value > high[lane] ? value : high[lane];
    }
  }
  for (; i < count; i++) {
    low[0] = values[i] < low[0] ? values[i] : low[0];
    high[0] = values[i] > high[0] ? values[i] : high[0];
  }
  for (int lane = 0; lane < lanes; lane++) {
    *least = low[lane] < *least ? low[lane] : *least;
    *greatest = high[lane] > *greatest ? high[lane] : *greatest;
  }
}

void cresampling_interleave(
  const float *restrict rows, int64_t count, int64_t row, int64_t lanes, float *restrict block) {
  for (int64_t i = 0; i < count; i++) {
    for (int64_t lane = 0; lane < lanes; lane++) block[i * lanes + lane] = rows[lane * row + i];
  }
}

void cresampling_separate(
  const float *restrict block, int64_t count, int64_t row, int64_t lanes, float *restrict rows) {
  for (int64_t lane = 0; lane < lanes; lane++) {
    for (int64_t i = 0; i < count; i++) rows[lane * row + i] = block[i * lanes + lane];
  }
}

/// The loops of a permuted copy: tiles along the copy's rows, so that a line of memory that was
/// read is used for all its voxels before it is forgotten.
#define PERMUTE(NAME, TYPE)                                                                      \
  static void NAME(                                                                              \
    const TYPE *restrict from, const int64_t size[3], const int64_t stride[3],                   \
    TYPE *restrict out) {                                                                        \
    const int64_t tile = 16;                                                                     \
    /* Of the two outer loops the inner one goes along what lies together in the source. */      \
    const int inner = stride[2] == 1 ? 2 : 1, outer = 3 - inner;                                 \
    const int64_t step[3] = {1, size[0], size[0] * size[1]};                                     \
    for (int64_t o = 0; o < size[outer]; o++) {                                                  \
      for (int64_t left = 0; left < size[0]; left += tile) {                                     \
        const int64_t right = left + tile < size[0] ? left + tile : size[0];                     \
        for (int64_t n = 0; n < size[inner]; n++) {                                              \
          const TYPE *restrict read = from + o * stride[outer] + n * stride[inner];              \
          TYPE *restrict write = out + o * step[outer] + n * step[inner];                        \
          for (int64_t i = left; i < right; i++) write[i] = read[i * stride[0]];                 \
        }                                                                                        \
      }                                                                                          \
    }                                                                                            \
  }

PERMUTE(permute_1, uint8_t)
PERMUTE(permute_2, uint16_t)
PERMUTE(permute_4, uint32_t)

void cresampling_permute(
  const void *voxels, int32_t width, const int64_t size[3], const int32_t axes[3], int64_t first,
  int64_t slices, void *out) {
  const int64_t strides[3] = {1, size[0], size[0] * size[1]};
  const int64_t stride[3] = {strides[axes[0]], strides[axes[1]], strides[axes[2]]};
  const int64_t copied[3] = {size[axes[0]], size[axes[1]], slices};
  const char *from = (const char *)voxels + first * stride[2] * width;
  if (width == 1) {
    permute_1((const uint8_t *)from, copied, stride, out);
  } else if (width == 2) {
    permute_2((const uint16_t *)from, copied, stride, out);
  } else {
    permute_4((const uint32_t *)from, copied, stride, out);
  }
}
