#include <string.h>

#include "internal.h"

cnifti_status cnifti_parse_header(const void *bytes, int64_t count, cnifti_header *header) {
  nifti_set_debug_level(0);
  raw_header raw;
  memset(&raw, 0, sizeof raw);
  const size_t length = (size_t)count < sizeof raw ? (size_t)count : sizeof raw;
  memcpy(&raw, bytes, length);
  return parse_header(&raw, length, header);
}

int64_t cnifti_fill_header(const cnifti_header *header, void *bytes) {
  raw_header raw;
  memset(&raw, 0, sizeof raw);
  const size_t length = fill_header(header, &raw);
  memcpy(bytes, &raw, length);
  // Four zeros after the header say that there is no extension.
  memset((char *)bytes + length, 0, 4);
  return (int64_t)length + 4;
}

// MARK: Orientation

void cnifti_quaternion(const double srow[12], double quaternion[3], double *qfac) {
  nifti_dmat44 matrix;
  memset(&matrix, 0, sizeof matrix);
  for (int row = 0; row < 3; ++row)
    for (int column = 0; column < 4; ++column) matrix.m[row][column] = srow[4 * row + column];
  matrix.m[3][3] = 1;
  nifti_dmat44_to_quatern(matrix, &quaternion[0], &quaternion[1], &quaternion[2], NULL, NULL, NULL,
                          NULL, NULL, NULL, qfac);
}
