// CVoxels: numbers of any type, as files store them, into what Chiasm computes with.
//
// The loops are compiled for AVX2 as well, and the processor decides when the program starts. No
// pointer has to be aligned. The scaling, value × slope + intercept, is done in double precision.

#ifndef CHIASM_CVOXELS_H
#define CHIASM_CVOXELS_H

#include <stdint.h>

/// The types of a stored number.
typedef enum {
  CVOXELS_UINT8 = 0,
  CVOXELS_INT8,
  CVOXELS_UINT16,
  CVOXELS_INT16,
  CVOXELS_UINT32,
  CVOXELS_INT32,
  CVOXELS_UINT64,
  CVOXELS_INT64,
  CVOXELS_FLOAT32,
  CVOXELS_FLOAT64,
} cvoxels_type;

/// Stored numbers and their scaling.
typedef struct {
  const void *numbers;
  int64_t count;
  cvoxels_type type;
  double slope;
  double intercept;
} cvoxels_source;

/// Turns the order of the bytes of `count` numbers of `width` bytes, 2, 4 or 8, in place.
void cvoxels_swap(void *numbers, int64_t count, int32_t width);

/// The scaled values as floats.
void cvoxels_to_floats(const cvoxels_source *source, float *values);

/// The scaled values as labels. Values that are further than 0.001 from a whole number from 0 to
/// 65535 become 0; returns how many those are, and the first of them in `first_refused`.
int64_t cvoxels_to_labels(const cvoxels_source *source, uint16_t *labels, double *first_refused);

/// Extremes, sum and count of the finite scaled values, and how many are not finite.
typedef struct {
  double minimum;  ///< Infinity when there is no finite value.
  double maximum;  ///< -Infinity when there is no finite value.
  double sum;
  int64_t finite;
  int64_t non_finite;
} cvoxels_summary;

/// Sums up the scaled values.
void cvoxels_summarize(const cvoxels_source *source, cvoxels_summary *summary);

/// The brightness of pixels of `channels` (3 or 4) numbers of type `source->type` (8 or 16 unsigned
/// bits), `source->count` pixels: 0.299 red + 0.587 green + 0.114 blue. The scaling is not applied.
void cvoxels_to_luminance(const cvoxels_source *source, int32_t channels, float *values);

#endif
