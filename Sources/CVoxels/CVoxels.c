#include "CVoxels.h"

#include <math.h>
#include <string.h>

#if defined(__x86_64__) && defined(__linux__)
#define FAST __attribute__((target_clones("avx2", "default")))
#else
#define FAST
#endif

// Files put their voxels at any byte.
typedef uint16_t any_uint16 __attribute__((aligned(1)));
typedef int16_t any_int16 __attribute__((aligned(1)));
typedef uint32_t any_uint32 __attribute__((aligned(1)));
typedef int32_t any_int32 __attribute__((aligned(1)));
typedef uint64_t any_uint64 __attribute__((aligned(1)));
typedef int64_t any_int64 __attribute__((aligned(1)));
typedef float any_float __attribute__((aligned(1)));
typedef double any_double __attribute__((aligned(1)));

/// Calls `DO(type)` for the C type of a stored number.
#define FOR_TYPE(code, DO)                    \
  switch (code) {                             \
    case CVOXELS_UINT8: DO(uint8_t); break;   \
    case CVOXELS_INT8: DO(int8_t); break;     \
    case CVOXELS_UINT16: DO(any_uint16); break; \
    case CVOXELS_INT16: DO(any_int16); break; \
    case CVOXELS_UINT32: DO(any_uint32); break; \
    case CVOXELS_INT32: DO(any_int32); break; \
    case CVOXELS_UINT64: DO(any_uint64); break; \
    case CVOXELS_INT64: DO(any_int64); break; \
    case CVOXELS_FLOAT32: DO(any_float); break; \
    case CVOXELS_FLOAT64: DO(any_double); break; \
  }

// MARK: Bytes

FAST void cvoxels_swap(void *numbers, int64_t count, int32_t width) {
  if (width == 2) {
    any_uint16 *words = numbers;
    for (int64_t i = 0; i < count; ++i) words[i] = __builtin_bswap16(words[i]);
  } else if (width == 4) {
    any_uint32 *words = numbers;
    for (int64_t i = 0; i < count; ++i) words[i] = __builtin_bswap32(words[i]);
  } else if (width == 8) {
    any_uint64 *words = numbers;
    for (int64_t i = 0; i < count; ++i) words[i] = __builtin_bswap64(words[i]);
  }
}

// MARK: Floats

static int is_scaled(const cvoxels_source *source) {
  return source->slope != 1 || source->intercept != 0;
}

FAST void cvoxels_to_floats(const cvoxels_source *source, float *values) {
  const int64_t count = source->count;
  const double slope = source->slope;
  const double intercept = source->intercept;
  if (!is_scaled(source)) {
#define COPY(type)                                                        \
  do {                                                                    \
    const type *numbers = source->numbers;                                \
    for (int64_t i = 0; i < count; ++i) values[i] = (float)numbers[i];    \
  } while (0)
    FOR_TYPE(source->type, COPY)
  } else {
#define SCALE(type)                                                       \
  do {                                                                    \
    const type *numbers = source->numbers;                                \
    for (int64_t i = 0; i < count; ++i)                                   \
      values[i] = (float)((double)numbers[i] * slope + intercept);        \
  } while (0)
    FOR_TYPE(source->type, SCALE)
  }
}

FAST void cvoxels_to_luminance(const cvoxels_source *source, int32_t channels, float *values) {
  // The whole thousandths are summed exactly, so that grey stays grey.
#define LUMINANCE(type)                                                                   \
  do {                                                                                    \
    const type *numbers = source->numbers;                                                \
    for (int64_t i = 0; i < source->count; ++i) {                                         \
      const type *pixel = numbers + i * channels;                                         \
      values[i] = (float)(299 * (int32_t)pixel[0] + 587 * (int32_t)pixel[1] +             \
                          114 * (int32_t)pixel[2]) / 1000;                                \
    }                                                                                     \
  } while (0)
  if (source->type == CVOXELS_UINT8)
    LUMINANCE(uint8_t);
  else if (source->type == CVOXELS_UINT16)
    LUMINANCE(any_uint16);
}

// MARK: Labels

/// Whether the values are labels as they are, so that only their width changes.
static int copies_labels(const cvoxels_source *source, uint16_t *labels) {
  if (is_scaled(source)) return 0;
  if (source->type == CVOXELS_UINT8) {
    const uint8_t *numbers = source->numbers;
    for (int64_t i = 0; i < source->count; ++i) labels[i] = numbers[i];
    return 1;
  }
  if (source->type == CVOXELS_UINT16) {
    memcpy(labels, source->numbers, (size_t)source->count * sizeof *labels);
    return 1;
  }
  return 0;
}

FAST int64_t cvoxels_to_labels(const cvoxels_source *source, uint16_t *labels,
                               double *first_refused) {
  if (copies_labels(source, labels)) return 0;
  const double slope = source->slope;
  const double intercept = source->intercept;
  int64_t refused = 0;
#define ROUND(type)                                                                        \
  do {                                                                                     \
    const type *numbers = source->numbers;                                                 \
    for (int64_t i = 0; i < source->count; ++i) {                                          \
      const double value = (double)numbers[i] * slope + intercept;                         \
      const double rounded = round(value);                                                 \
      /* NaN fails every comparison, so it is refused too. */                              \
      const int is_label = rounded >= 0 && rounded <= 65535 && fabs(value - rounded) <= 1e-3; \
      labels[i] = is_label ? (uint16_t)rounded : 0;                                        \
      if (!is_label && refused++ == 0) *first_refused = value;                             \
    }                                                                                      \
  } while (0)
  FOR_TYPE(source->type, ROUND)
  return refused;
}

// MARK: Summary

FAST void cvoxels_summarize(const cvoxels_source *source, cvoxels_summary *summary) {
  const double slope = source->slope;
  const double intercept = source->intercept;
  double minimum = INFINITY;
  double maximum = -INFINITY;
  double sum = 0;
  int64_t finite = 0;
#define SUM(type)                                                          \
  do {                                                                     \
    const type *numbers = source->numbers;                                 \
    for (int64_t i = 0; i < source->count; ++i) {                          \
      const double value = (double)numbers[i] * slope + intercept;         \
      if (!(fabs(value) < INFINITY)) continue;                             \
      minimum = value < minimum ? value : minimum;                         \
      maximum = value > maximum ? value : maximum;                         \
      sum += value;                                                        \
      ++finite;                                                            \
    }                                                                      \
  } while (0)
  FOR_TYPE(source->type, SUM)
  summary->minimum = minimum;
  summary->maximum = maximum;
  summary->sum = sum;
  summary->finite = finite;
  summary->non_finite = source->count - finite;
}
